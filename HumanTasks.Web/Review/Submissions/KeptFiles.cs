using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// Uploaded files that wait in the page for the rest of the form to be right: the file as JSON under a mark that binds
/// it to its task and field, so that a page can hand out files and get back none but these.
/// </summary>
internal sealed class KeptFiles(LinkTokens tokens)
{
    public string Seal(string taskId, string field, FileValue file)
    {
        var text = file.ToJson().ToJsonString();
        return $"{tokens.Mark(Purpose(taskId, field), text)}.{text}";
    }

    /// <summary>The file, or null when we did not hand this out for this field.</summary>
    public FileValue? Open(string taskId, string field, string sealedFile)
    {
        var dot = sealedFile.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && tokens.IsMark(Purpose(taskId, field), sealedFile[(dot + 1)..], sealedFile[..dot])
            ? FileValue.TryRead(JsonNode.Parse(sealedFile[(dot + 1)..]))
            : null;
    }

    private static string Purpose(string taskId, string field) => $"kept file {taskId} {field}";
}
