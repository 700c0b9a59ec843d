using System.Text.Json;
using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace HumanTasks.Web.Api;

/// <summary>The endpoints of saved rule sets: <c>/api/rule-sets</c>.</summary>
public static class RuleSetEndpoints
{
    public static RouteGroupBuilder MapRuleSets(this IEndpointRouteBuilder app)
    {
        var ruleSets = app.MapGroup("/rule-sets").WithTags("Rule sets");
        ruleSets.MapPut("/{name}", SaveAsync)
            .RequireAuthorization(Scopes.RuleSets)
            .Operation("saveRuleSet")
            .WithSummary("Saves a rule set as a new version. Unchanged content keeps its version.")
            .Takes(RuleSetShape.Shape)
            .Produces<RuleSetSaved>()
            .Produces<RuleSetSaved>(StatusCodes.Status201Created);
        ruleSets.MapGet("/", ListAsync)
            .RequireAuthorization(Scopes.RuleSets)
            .Operation("listRuleSets", "invalid-query").Tagged()
            .WithSummary("Lists the latest version of every rule set.")
            .Produces<ListAnswer<RuleSetAnswer>>();
        ruleSets.MapGet("/{name}", GetAsync)
            .RequireAuthorization(Scopes.RuleSets)
            .Operation("getRuleSet")
            .WithSummary("Gets the definition of a rule set.")
            .Produces<RuleSetAnswer>();
        return ruleSets;
    }

    private static async Task<IResult> SaveAsync(
        string name, HttpContext context, IRuleSetStore store, EnvironmentCatalog environments, TimeProvider time)
    {
        var environment = environments.Get(context.User.EnvironmentId());
        var (document, problem) = await ApiRequest.ReadDocumentAsync(context);
        if (document is null)
        {
            return problem!;
        }

        using (document)
        {
            var problems = new Problems();
            if (RuleSetSaving.Check(document.RootElement, name, environment, problems) is not { } actions)
            {
                return ApiProblem.InvalidDocument(problems, shapeIsMalformed: false);
            }

            var saved = await RuleSetSaving.SaveAsync(
                store, environment.Id, name, document.RootElement, time.GetUtcNow(), context.User.ActorName(), context.RequestAborted);
            InputError[] hints = [.. (await RuleSetSaving.HintsAsync(actions, store, environment, context.RequestAborted))
                .Select(hint => new InputError(hint.Pointer, hint.Message))];
            var answer = new RuleSetSaved(name, saved.Version, hints.Length == 0 ? null : hints);
            return saved is { Version: 1, IsNew: true }
                ? TypedResults.Created($"{context.Request.PathBase}/api/rule-sets/{name}", answer)
                : TypedResults.Ok(answer);
        }
    }

    private static async Task<IResult> ListAsync(string? limit, string? cursor, HttpContext context, IRuleSetStore store)
    {
        if (ListLimit.Read(limit) is not { } count)
        {
            return ListLimit.Refusal();
        }

        var page = await store.ListRuleSetsAsync(context.User.EnvironmentId(), cursor, count, context.RequestAborted);
        return new ListResult<JsonObject>(
            new ListAnswer<JsonObject>([.. page.Items.Select(Describe)], page.Next), WebJson.Default.ListAnswerJsonObject);
    }

    private static async Task<IResult> GetAsync(string name, int? version, HttpContext context, IRuleSetStore store) =>
        await store.FindRuleSetAsync(context.User.EnvironmentId(), name, version, context.RequestAborted) is { } found
            ? TypedResults.Ok(Describe(found))
            : ApiProblem.NotFound("rule set");

    private static JsonObject Describe(StoredRuleSet stored)
    {
        var definition = JsonNode.Parse(stored.Definition.Span)!.AsObject();
        var described = new JsonObject
        {
            ["name"] = stored.Name,
            ["version"] = stored.Version,
            ["savedAt"] = JsonSerializer.SerializeToNode(stored.SavedAt, WebJson.Default.DateTimeOffset),
        };
        if (stored.SavedBy is { } by)
        {
            described["savedBy"] = by;
        }

        foreach (var (member, value) in definition.Where(member => member.Key != "name"))
        {
            described[member] = value?.DeepClone();
        }

        return described;
    }
}
