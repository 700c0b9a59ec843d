using HumanTasks.Core.Reading;
using HumanTasks.Web.Wire;

namespace HumanTasks.Web.Api;

/// <summary>A request to add a comment.</summary>
/// <param name="Text">The comment, 1 to 4000 characters.</param>
public sealed record CommentRequest(string Text)
{
    private static readonly TextMember TextOf = new("text", Core.Engine.TaskJournal.MaxComment) { Required = true };

    public static readonly RequestBody<CommentRequest> Body = new(
        new Shape("CommentRequest", TextOf), reader => new CommentRequest(reader.RequiredText(TextOf)));
}
