namespace HumanTasks.Web.Review;

/// <summary>A response with the status of its continuation, as the contract names it and as text.</summary>
internal sealed record ReviewReceipt(
    string CorrelationId,
    string RunId,
    string ResponseId,
    string Status,
    string? StatusReason,
    string StatusText,
    string StatusDetail,
    bool IsOver,
    bool IsFollowed,
    string? Next);
