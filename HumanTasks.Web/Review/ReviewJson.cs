using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Web.Review;

/// <summary>The form of a review link for programs.</summary>
internal sealed record ReviewForm(
    string Title,
    string? Description,
    JsonElement Form,
    JsonObject Context,
    DateTime ExpiresAt,
    int UsesLeft,
    bool AllowReject);

/// <summary>An accepted response, with the run that it continues.</summary>
internal sealed record ReviewAccepted(string CorrelationId, string RunId, string ResponseId, int UsesLeft);

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

/// <summary>The JSON serialization of review links' responses, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewForm))]
[JsonSerializable(typeof(ReviewAccepted))]
[JsonSerializable(typeof(ReviewReceipt))]
internal sealed partial class ReviewJson : JsonSerializerContext;
