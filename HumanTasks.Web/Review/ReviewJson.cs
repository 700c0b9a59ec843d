using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Web.Review;

/// <summary>A review link as a program reads it.</summary>
internal sealed record ReviewForm(
    string Title,
    string? Description,
    JsonElement Form,
    JsonObject Context,
    DateTime ExpiresAt,
    int UsesLeft,
    bool AllowReject);

/// <summary>An accepted response; the run is the one that goes on with it.</summary>
internal sealed record ReviewAccepted(string CorrelationId, string RunId, string ResponseId, int UsesLeft);

/// <summary>A response and how the run that goes on with it stands: as the contract names it and in words.</summary>
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

/// <summary>How the answers of review links are written; made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewForm))]
[JsonSerializable(typeof(ReviewAccepted))]
[JsonSerializable(typeof(ReviewReceipt))]
internal sealed partial class ReviewJson : JsonSerializerContext;
