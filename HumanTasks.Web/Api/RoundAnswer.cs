using System.Text.Json;

namespace HumanTasks.Web.Api;

public sealed record RoundAnswer(int Number, DateTimeOffset OpenedAt, JsonElement Form, IReadOnlyList<ResponseAnswer> Responses);
