using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Client;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;
using HumanTasks.Core.Texts;
using HumanTasks.Tests.Expressions;
using HumanTasks.Tests.Forms;
using HumanTasks.Tests.Hosting;
using HumanTasks.Web.Forms.Types;

namespace HumanTasks.Tests.Review;

/// <summary>Every type of field in every place that a form goes through: a type that was forgotten in one fails here.</summary>
public sealed partial class EveryFieldType
{
    private const string Label = "Thing";

    /// <summary>What a definition needs, by member: no type is named here.</summary>
    private static readonly Dictionary<string, string> Needed = new(StringComparer.Ordinal)
    {
        ["options"] = """[{ "value": "a", "label": "Apple" }, { "value": "b", "label": "Pear" }]""",
        ["fields"] = """[{ "name": "what", "type": "text", "label": "What" }, { "name": "count", "type": "integer", "label": "Count" }]""",
        ["markdown"] = "\"Look **here**.\"",
        ["consent"] = "\"I agree.\"",
    };

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Names => new(FieldTypes.All.Select(type => type.Name));

    public static TheoryData<string> Asking => new(FieldTypes.All.Select(type => type.Name).Where(name => Of(name).TakesInput));

    public static TheoryData<string> Prefilled => new(FieldTypes.All
        .Where(type => type.TakesValue && Of(type.Name).TakesInput).Select(type => type.Name));

    public static TheoryData<string> Columns => new(FieldTypes.All.Where(type => type.IsColumn).Select(type => type.Name));

    [Fact]
    public void Every_type_has_a_face_of_the_same_name() =>
        Assert.Equal(FieldTypes.All.Select(type => type.Name), FieldFaces.All.Keys);

    [Fact]
    public void Every_type_has_two_folders_of_the_same_name()
    {
        string[] FoldersOf(string project) =>
            [.. Directory.GetDirectories(Path.Combine(Repository.Root!, project, "Forms", "Types")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];

        Assert.Equal(FoldersOf("HumanTasks.Core"), FoldersOf("HumanTasks.Web"));
        Assert.All(FieldTypes.All, type => Assert.Contains(
            type.GetType().Name[..^"Type".Length], FoldersOf("HumanTasks.Core")));
        Assert.All(FieldFaces.All.Values, face => Assert.Contains(face.GetType().Name[..^"Face".Length], FoldersOf("HumanTasks.Web")));
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public void Its_example_is_accepted_and_another_value_is_refused(string name)
    {
        var form = FormOf(name);

        Assert.IsType<FormInput.Valid>(FormInput.Check(form, new JsonObject { ["thing"] = Of(name).Example() }, 1000));
        foreach (var wrong in (string[])["""{ "wrong": true }""", """[{ "wrong": true }]""", "[[]]"])
        {
            Assert.IsType<FormInput.Invalid>(FormInput.Check(form, new JsonObject { ["thing"] = JsonNode.Parse(wrong) }, 1000));
        }

        Assert.IsType<FormInput.Invalid>(FormInput.Check(form, [], 1000));
    }

    [JsonSchemaFact]
    public async Task Its_schema_accepts_the_example_and_refuses_another_value()
    {
        string[] names = [.. FieldTypes.All.Select(type => type.Name).Where(name => Of(name).TakesInput)];

        var results = await JsonSchemas.CheckAsync(
        [
            .. names.Select(name => (FormSchema.Of(FormOf(name), name), (JsonNode[])[
                new JsonObject { ["thing"] = Of(name).Example() }, JsonNode.Parse("""{ "thing": { "wrong": true } }""")!, new JsonObject()])),
        ]);

        foreach (var (name, (error, valid)) in names.Zip(results))
        {
            Assert.True(error is null, $"{name}: {error}");
            Assert.Equal((name, true, false, false), (name, valid[0], valid[1], valid[2]));
        }
    }

    [Theory]
    [MemberData(nameof(Prefilled))]
    public void Its_texts_mean_its_value_in_every_language(string name)
    {
        var field = Of(name);
        if (FieldFaces.Of(field).LayoutOf(field) == FieldLayout.Rows)
        {
            return; // its texts are those of its cells
        }

        JsonNode[] values = [field.Example()!, .. ((JsonNode[])[1234.5m, -1234567m]).Where(value => field.Check(value, 0).Problem is null)];
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        foreach (var language in Languages.All)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Languages.CultureOf(language), Languages.CultureOf(language));
            foreach (var value in values)
            {
                var read = FieldFaces.Of(field).FromTexts(
                    field, FieldFaces.Of(field).ToTexts(field, value), new TypedFor(NumberTable.Current));
                Assert.True(JsonValues.AreEqual(value, read), $"{language}: {read?.ToJsonString()}");
            }
        }

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Only_a_type_that_is_a_column_can_be_one(string name)
    {
        var problems = FormGiven.ProblemsOf($$"""{ "fields": [{ "name": "rows", "type": "table", "fields": [{{Definition(name)}}] }] }""");

        Assert.Equal(!FieldTypes.Find(name)!.IsColumn, problems.Any());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Test_people_fill_it_in(string name)
    {
        var definition = Json.Object($$"""{ "fields": [{{Definition(name)}}] }""");

        var filled = FormFiller.Fill(definition, null);

        var isFilled = Of(name).TakesInput && FilesOf(name).Length == 0;
        Assert.Equal(isFilled ? Of(name).Example()!.ToJsonString() : null, filled["thing"]?.ToJsonString());
        Assert.Equal(FilesOf(name).Length, FormFiller.Files(definition, filled).Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Agents_are_told_of_it_with_all_that_its_definition_has(string name)
    {
        var schema = FormSchema.OfFields(1)["items"]!["anyOf"]!.AsArray().Single(type => (string?)type!["properties"]!["type"]!["const"] == name)!;
        var given = Json.Object(Definition(name));

        Assert.All(given, member => Assert.True(schema["properties"]!.AsObject().ContainsKey(member.Key), member.Key));
        Assert.All(schema["required"]!.AsArray(), member => Assert.True(given.ContainsKey((string)member!), (string?)member));
        var problems = new Problems { Literal = true };
        Assert.NotNull(FormReader.Read(Json.Element($$"""{ "fields": [{{Definition(name)}}] }"""), "", problems));
        Assert.Empty(problems);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_texts_are_read_in_the_language_of_their_reader(string name)
    {
        var type = FieldTypes.Find(name)!;
        var definition = Json.Object(Definition(name));
        foreach (var member in (string[])["label", "help", "message", .. type.Texts])
        {
            definition[member] = JsonNode.Parse("""{ "en": "one", "de": "eins" }""");
        }

        var spoken = SpokenForm.In(Json.Element($$"""{ "fields": [{{definition.ToJsonString()}}] }"""), "de").GetProperty("fields")[0];

        Assert.All((string[])["label", "help", "message", .. type.Texts], member => Assert.Equal("eins", spoken.GetProperty(member).GetString()));
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public void Its_answer_is_read_in_words_in_every_language(string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        foreach (var language in Languages.All)
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (Languages.CultureOf(language), Languages.CultureOf(language));
            Assert.Matches(@"\A[^{}\[\]""]+\z", FieldFaces.Words(Of(name), AcceptedOf(name)));
        }

        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
    }

    [Theory]
    [MemberData(nameof(Asking))]
    public void Tools_of_MCP_name_it_unless_a_model_may_not_ask_for_it(string name)
    {
        var description = File.ReadAllText(Path.Combine(Repository.Root!, "HumanTasks.Mcp.Tools", "QuestionTools.cs"));

        Assert.True(name == "signature" || System.Text.RegularExpressions.Regex.IsMatch(description, $@"with type [^""]*\b{name}\b"), name);
    }

    [Fact]
    public void The_client_makes_fields_that_the_server_reads()
    {
        var form = TypedForm.Of(typeof(Everything));
        var problems = new Problems();

        var read = FormReader.Read(Json.Element(form.ToJsonString()), "", problems);

        Assert.Empty(problems);
        Assert.Equal(
            ["boolean", "choice", "date", "dateTime", "email", "file", "integer", "multiChoice", "number", "text", "time", "url"],
            read!.Fields.Select(field => field.Type).Distinct().Order(StringComparer.Ordinal));
    }

    private sealed record Everything(
        string Text, int Whole, decimal Number, bool Yes, DateOnly Day, TimeOnly Hour, DateTimeOffset Moment, Uri Page, ChoiceDisplay One, ChoiceDisplay[] Several,
        AnsweredFile File, [property: System.ComponentModel.DataAnnotations.EmailAddress] string Mail);
}
