using HumanTasks.Core.Forms;

namespace HumanTasks.Web.Review.Submissions;

/// <summary>The result of one uploaded file.</summary>
internal abstract record Upload
{
    private Upload()
    {
    }

    public sealed record Stored(FileValue File) : Upload;

    /// <summary>A refused file.</summary>
    /// <param name="Message">The reason, in the language of the person who uploads.</param>
    /// <param name="IsForNow">Whether the link accepts no more files at present.</param>
    public sealed record Refused(string Message, bool IsForNow = false) : Upload;
}
