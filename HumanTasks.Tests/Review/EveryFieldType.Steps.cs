using System.Text.Json.Nodes;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Tests.Forms;
using HumanTasks.Web.Forms.Types;

namespace HumanTasks.Tests.Review;

public sealed partial class EveryFieldType
{
    private static Field Of(string name) => FormOf(name).Fields[0];

    private static Form FormOf(string name) => FormGiven.Form(Definition(name));

    private static string Definition(string name, bool prefill = false)
    {
        var type = FieldTypes.Find(name)!;
        var definition = new JsonObject { ["name"] = "thing", ["type"] = name, ["label"] = Label };
        foreach (var member in type.Needs)
        {
            definition[member] = JsonNode.Parse(Needed[member]);
        }

        definition["required"] = true;
        if (prefill && type.TakesValue)
        {
            definition["value"] = Of(name).Example();
        }

        return definition.ToJsonString(Readable);
    }

    private static (string Field, string Name, string Content)[] FilesOf(string name) => Of(name) is Field.File file
        ? [("thing", ExampleAnswers.FileFor(file).Name, System.Text.Encoding.Latin1.GetString(ExampleAnswers.FileFor(file).Content))]
        : [];

    private static JsonNode AcceptedOf(string name) => Assert.IsType<FormInput.Valid>(
        FormInput.Check(FormOf(name), new JsonObject { ["thing"] = Of(name).Example() }, 1000)).Values["thing"]!;

    /// <summary>What stands on a page: of a table each cell.</summary>
    private static IEnumerable<string> WordsOf(string name) => FieldFaces.Answer(Of(name), AcceptedOf(name), null) is { Table: { } table }
        ? table.Rows.SelectMany(row => row).OfType<string>().Select(Plain)
        : [Plain(FieldFaces.Words(Of(name), AcceptedOf(name)))];

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static async Task IsStoredAsync(ReviewSite site, string path, string name)
    {
        var answer = Assert.Single(await site.Harness.Store.ResponsesOfTaskAsync((await site.TaskOfAsync(path)).Id, default));
        var stored = answer.Values["thing"]!;
        if (FilesOf(name) is [var file])
        {
            Assert.Equal(file.Name, (string?)stored["name"]);
            return;
        }

        Assert.True(JsonValues.AreEqual(AcceptedOf(name), stored), stored.ToJsonString());
    }
}
