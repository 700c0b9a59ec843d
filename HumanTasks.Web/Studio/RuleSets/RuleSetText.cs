using System.Text.Json;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Reading;
using HumanTasks.Core.RuleSets;
using HumanTasks.Web.Api;
using HumanTasks.Web.Texts;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>A definition as it was typed, with the results of the server's own reader.</summary>
/// <param name="Document">The JSON; null for a text that is not JSON.</param>
/// <param name="Actions">The compiled actions; null when there is any problem.</param>
/// <param name="Problems">The problems, each with its line.</param>
internal sealed record RuleSetText(JsonElement? Document, IReadOnlyList<RuleAction>? Actions, IReadOnlyList<LineProblem> Problems)
{
    /// <summary>The maximum length, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static RuleSetText Read(string text, string name, RunEnvironment environment)
    {
        JsonElement document;
        try
        {
            using var parsed = JsonDocument.Parse(text, ApiRequest.Strict);
            document = parsed.RootElement.Clone();
        }
        catch (JsonException problem)
        {
            return new RuleSetText(null, null, [new LineProblem((int)(problem.LineNumber ?? 0) + 1, "", StudioAdminTexts.Get("NotJson", problem.Message))]);
        }

        var problems = new Problems();
        var actions = RuleSetSaving.Check(document, name, environment, problems);
        var lines = problems.Count > 0 ? JsonLines.Of(text) : null;
        return new RuleSetText(
            document,
            actions,
            [.. problems.Select(problem => new LineProblem(JsonLines.LineOf(lines!, problem.Pointer), problem.Pointer, problem.Message)).OrderBy(problem => problem.Line)]);
    }

    /// <summary>Returns the hints of a definition without problems, each with its line.</summary>
    public async Task<IReadOnlyList<LineProblem>> HintsAsync(
        string text, IRuleSetStore store, RunEnvironment environment, CancellationToken cancellationToken)
    {
        if (Actions is null || await RuleSetSaving.HintsAsync(Actions, store, environment, cancellationToken) is not { Count: > 0 } hints)
        {
            return [];
        }

        var lines = JsonLines.Of(text);
        return [.. hints.Select(hint => new LineProblem(JsonLines.LineOf(lines, hint.Pointer), hint.Pointer, hint.Message)).OrderBy(hint => hint.Line)];
    }

    /// <summary>Returns a stored definition, indented.</summary>
    public static string Pretty(ReadOnlyMemory<byte> definition)
    {
        using var document = JsonDocument.Parse(definition);
        return JsonSerializer.Serialize(document.RootElement, Indented);
    }
}
