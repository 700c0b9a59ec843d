using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Tests.Expressions;

namespace HumanTasks.Tests.Forms;

/// <summary>Forms and what people send, in as few words as a specification needs.</summary>
internal static class FormGiven
{
    public const long MaxFileBytes = 1000;

    public static Form Form(params string[] fields)
    {
        var problems = new Problems();
        var form = FormReader.Read(Json.Element(Document(fields)), "", problems);
        Assert.Empty(problems);
        return form!;
    }

    public static string Document(params string[] fields) => $$"""{ "fields": [{{string.Join(',', fields)}}] }""";

    public static IEnumerable<string> ProblemsOf(string document)
    {
        var problems = new Problems();
        var form = FormReader.Read(Json.Element(document), "/form", problems);
        Assert.Equal(problems.Count == 0, form is not null);
        Assert.All(problems, problem => Assert.EndsWith(".", problem.Message, StringComparison.Ordinal));
        return problems.Select(problem => problem.Pointer);
    }

    public static FormInput Check(Form form, string values) => FormInput.Check(form, Json.Object(values), MaxFileBytes);

    public static string Accepted(Form form, string values) =>
        Check(form, values) switch
        {
            FormInput.Valid valid => valid.Values.ToJsonString(),
            FormInput.Invalid invalid => string.Join(' ', invalid.Problems),
            _ => "",
        };

    public static IEnumerable<string> Refused(Form form, string values) =>
        Check(form, values) is FormInput.Invalid invalid ? invalid.Problems.Select(problem => problem.Pointer) : [];
}
