using System.Text.Json.Serialization;

namespace HumanTasks.Web.Review;

/// <summary>The JSON serialization of review links' responses, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReviewForm))]
[JsonSerializable(typeof(ReviewAccepted))]
[JsonSerializable(typeof(ReviewReceipt))]
internal sealed partial class ReviewJson : JsonSerializerContext;
