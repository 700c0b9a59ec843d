using System.Text.Json.Nodes;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Links;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>
/// The uploaded files that a page keeps until the rest of the form is valid: each as signed JSON that is bound to its
/// task and field, so that only files that the page was given are accepted back.
/// </summary>
internal sealed class KeptFiles(LinkTokens tokens)
{
    public string Seal(string taskId, string field, FileValue file)
    {
        var text = file.ToJson().ToJsonString();
        return $"{tokens.Mark(Purpose(taskId, field), text)}.{text}";
    }

    /// <summary>Returns the file, or null when it was not issued for this field.</summary>
    public FileValue? Open(string taskId, string field, string sealedFile)
    {
        var dot = sealedFile.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && tokens.IsMark(Purpose(taskId, field), sealedFile[(dot + 1)..], sealedFile[..dot])
            ? FileValue.TryRead(JsonNode.Parse(sealedFile[(dot + 1)..]))
            : null;
    }

    private static string Purpose(string taskId, string field) => $"kept file {taskId} {field}";
}
