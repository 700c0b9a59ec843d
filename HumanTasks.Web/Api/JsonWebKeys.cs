using System.Text.Json.Nodes;

namespace HumanTasks.Web.Api;

/// <summary>Public keys (RFC 7517).</summary>
public sealed record JsonWebKeys(IReadOnlyList<JsonObject> Keys);
