using System.Text.Json.Serialization;

namespace HumanTasks.Web.Api;

public sealed record LinkIssued(
    string Link,
    DateTimeOffset ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string>? Links);
