using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Overview;
using Microsoft.AspNetCore.Mvc;

namespace HumanTasks.Web.Api;

/// <summary>The JSON serialization of responses, generated at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(UtcTimes)])]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(InputError[]))]
[JsonSerializable(typeof(ListAnswer<RunItem>))]
[JsonSerializable(typeof(ListAnswer<TaskItem>))]
[JsonSerializable(typeof(ListAnswer<DeliveryItem>))]
[JsonSerializable(typeof(ListAnswer<ReceiptItem>))]
[JsonSerializable(typeof(ReceiptList))]
[JsonSerializable(typeof(ReceiptItem))]
[JsonSerializable(typeof(ListAnswer<LogItem>))]
[JsonSerializable(typeof(ListAnswer<TranscriptItem>))]
[JsonSerializable(typeof(ListAnswer<JsonObject>))]
[JsonSerializable(typeof(ListAnswer<TimelineItem>))]
[JsonSerializable(typeof(ListAnswer<CommentItem>))]
[JsonSerializable(typeof(ListAnswer<SessionItem>))]
[JsonSerializable(typeof(TaskCounts))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(OverviewAnswer))]
[JsonSerializable(typeof(RuleSetSaved))]
[JsonSerializable(typeof(RuleSetAnswer))]
[JsonSerializable(typeof(ListAnswer<RuleSetAnswer>))]
[JsonSerializable(typeof(JsonWebKeys))]
[JsonSerializable(typeof(InputError))]
[JsonSerializable(typeof(RunsCancelled))]
[JsonSerializable(typeof(RunStarted))]
[JsonSerializable(typeof(InterventionCreated))]
[JsonSerializable(typeof(TaskCreated))]
[JsonSerializable(typeof(LinkIssued))]
[JsonSerializable(typeof(ResponseAccepted))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(Idempotency.Answer))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
public sealed partial class WebJson : JsonSerializerContext;
