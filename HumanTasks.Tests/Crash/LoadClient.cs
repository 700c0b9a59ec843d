using System.Text.Json.Nodes;
using HumanTasks.Tests.Acceptance;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Crash;

/// <summary>Creates, submits and writes down what it was told, until the host is gone.</summary>
internal sealed class LoadClient(ApiClient api, ApiClient anybody, Ledger ledger, string ruleSet, Random chance)
{
    private const string Form = """
        { "fields": [{ "name": "number", "type": "integer", "required": true }, { "name": "note", "type": "text" }] }
        """;

    /// <summary>Ends when a request got no answer; answers the case in which that happened, or null when told to stop.</summary>
    public async Task<Case?> WorkAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var current = ledger.Open(chance);
            try
            {
                await CreateAsync(current);
                if (chance.Next(10) > 0)
                {
                    await SubmitAsync(current);
                }
            }
            catch (HttpRequestException)
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>Sends again what has a key, and only that: anything else might be done twice.</summary>
    public async Task RepeatAsync(Case lost)
    {
        if (lost.RunId is null && lost.CreateKey is not null)
        {
            await CreateAsync(lost);
        }

        if (lost is { RunId: not null, Submitted: true, SubmitKey: not null })
        {
            await SubmitAsync(lost);
        }
    }

    public async Task CreateAsync(Case current)
    {
        (string, string)[] headers = current.CreateKey is { } key ? [("Idempotency-Key", key)] : [];
        switch (current.Kind)
        {
            case CaseKind.Intervention:
                var created = (await api.PostAsync("/api/interventions", $$"""
                    { "title": "Crash", "form": {{Form}}, "context": { "case": {{current.Number}} },
                      "continuation": { "ruleSet": "{{ruleSet}}-decided" }, "correlationId": "{{current.CorrelationId}}" }
                    """, headers)).Is(201);
                current.Path = Steps.PathOf(created.Text("/link"));
                current.RunId = created.Text("/runId");
                break;
            case CaseKind.Task:
                var assigned = (await api.PostAsync("/api/tasks", $$"""
                    { "title": "Crash", "assignee": "ada@example.com", "form": {{Form}}, "context": { "case": {{current.Number}} },
                      "correlationId": "{{current.CorrelationId}}" }
                    """, headers)).Is(201);
                current.Path = $"/api/tasks/{assigned.Text("/taskId")}/responses"; // its link would ask for a code
                current.RunId = assigned.Text("/runId");
                break;
            default:
                var started = (await api.PostAsync($"/api/rule-sets/{ruleSet}/runs", $$"""
                    { "context": { "case": {{current.Number}} }, "correlationId": "{{current.CorrelationId}}" }
                    """, headers)).Is(202);
                current.Path = Steps.PathOf(started.Text("/links/askLink"));
                current.RunId = started.Text("/runId");
                break;
        }
    }

    public async Task SubmitAsync(Case current)
    {
        current.Submitted = true;
        var sent = Enumerable.Range(0, current.SubmitsTwice ? 2 : 1)
            .Select(_ => (current.Path!.StartsWith("/api/", StringComparison.Ordinal) ? api : anybody).SubmitAsync(current.Path!, current.Values.ToJsonString(), current.SubmitKey))
            .ToArray();
        try
        {
            await Task.WhenAll(sent);
        }
        finally
        {
            foreach (var answered in sent.Where(task => task.IsCompletedSuccessfully).Select(task => task.Result))
            {
                if (answered.Status is not (409 or 410)) // the other one of two was first
                {
                    answered.Is(200);
                    current.Accepted[answered.Text("/responseId")] = answered.Text("/runId");
                }
            }
        }
    }

    public static async Task SaveAsync(ApiClient api, string ruleSet)
    {
        var decided = JsonNode.Parse($$"""
            { "actions": [
              { "type": "set", "name": "copy", "values": { "seen": "{{"{{number}}"}}" } },
              { "type": "startRuleSet", "name": "next", "ruleSet": "{{ruleSet}}-told", "context": { "number": "{{"{{seen}}"}}" } },
              { "type": "end", "name": "done", "output": { "number": "{{"{{number}}"}}", "note": "{{"{{note}}"}}", "case": "{{"{{case}}"}}" } } ] }
            """)!.ToJsonString();
        (await api.PutAsync($"/api/rule-sets/{ruleSet}-told", """
            { "actions": [
              { "type": "email", "name": "tell", "to": "ada@example.com", "subject": "Case {{number}}", "body": "It is decided." },
              { "type": "end", "name": "done", "output": "{{number}}" } ] }
            """)).Is(201);
        (await api.PutAsync($"/api/rule-sets/{ruleSet}-decided", decided)).Is(201);
        (await api.PutAsync($"/api/rule-sets/{ruleSet}", $$"""
            { "actions": [
              { "type": "set", "name": "before", "values": { "began": true } },
              { "type": "humanIntervention", "name": "ask", "title": "Crash", "form": {{Form}},
                "continuation": { "ruleSet": "{{ruleSet}}-decided" } } ] }
            """)).Is(201);
    }
}
