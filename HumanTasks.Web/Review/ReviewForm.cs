using System.Text.Json;
using System.Text.Json.Nodes;

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
