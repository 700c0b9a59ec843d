namespace HumanTasks.Web.Review.Submissions;

/// <summary>An upload that no accepted response names yet.</summary>
/// <param name="Size">The size in bytes; the maximum while it is being received.</param>
/// <param name="Until">The time before which it is not swept.</param>
/// <param name="IsGoing">Whether it is being deleted, so that no page can get it back.</param>
internal sealed record PendingUpload(long Size, DateTimeOffset Until, bool IsGoing = false);
