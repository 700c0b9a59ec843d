using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace HumanTasks.Client;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SavedRuleSet))]
[JsonSerializable(typeof(StartedRun))]
[JsonSerializable(typeof(Run))]
[JsonSerializable(typeof(HumanTask))]
[JsonSerializable(typeof(NewIntervention))]
[JsonSerializable(typeof(NewTask))]
[JsonSerializable(typeof(Asked))]
[JsonSerializable(typeof(Accepted))]
[JsonSerializable(typeof(FreshLink))]
[JsonSerializable(typeof(AnsweredFile))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(ListPage<JsonObject>), TypeInfoPropertyName = "RuleSets")]
[JsonSerializable(typeof(ListPage<Run>), TypeInfoPropertyName = "Runs")]
[JsonSerializable(typeof(ListPage<TaskSummary>), TypeInfoPropertyName = "TaskSummaries")]
[JsonSerializable(typeof(HumanTasksException.Problem))]
[JsonSerializable(typeof(WebhookEvent))]
[JsonSerializable(typeof(WebhookOutcome))]
internal sealed partial class ClientJson : JsonSerializerContext;
