using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// Reads a rule set's document, records every problem with its pointer, and compiles the actions to a flat list.
/// </summary>
public sealed class RuleSetReader
{
    public const int MaxActions = 500;
    public const int MaxDepth = 20;

    internal const string Branch = "when";

    internal static readonly Shape BranchShape = ActionType.ShapeOf(Branch, RuleAction.When.Members);

    /// <summary>
    /// The reader of each action type. <c>when</c> is compiled in this class, because it contains other actions.
    /// </summary>
    internal static readonly IReadOnlyDictionary<string, ActionType> Types = new ActionType[]
    {
        RuleAction.Set.ActionType,
        RuleAction.Http.ActionType,
        RuleAction.Email.ActionType,
        RuleAction.HumanTask.ActionType,
        RuleAction.HumanIntervention.ActionType,
        RuleAction.Agent.ActionType,
        RuleAction.StartRuleSet.ActionType,
        RuleAction.End.ActionType,
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    private readonly Problems problems;
    private readonly List<RuleAction> compiled = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> givenNames = new(StringComparer.Ordinal);
    private readonly List<(string Pointer, IEnumerable<ContextPath> Paths, string Why)> withoutLinks = [];
    private int count;

    private RuleSetReader(Problems problems, RuleSetLimits limits, bool trusted)
    {
        this.problems = problems;
        Limits = limits;
        IsTrusted = trusted;
    }

    internal RuleSetLimits Limits { get; }

    internal bool IsTrusted { get; }

    /// <summary>Actions whose tasks are named after the action and a number.</summary>
    internal List<(string Name, string Pointer)> Numbered { get; } = [];

    internal HashSet<string> LinkKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns the compiled steps, or null if there is any problem.</summary>
    /// <param name="document">The rule set as in the contract.</param>
    /// <param name="problems">Receives every problem found.</param>
    /// <param name="limits">The limits of the environment.</param>
    /// <param name="trusted">
    /// Whether the document was validated before. Limits and rules may have changed since.
    /// </param>
    public static IReadOnlyList<RuleAction>? Read(
        JsonElement document, Problems problems, RuleSetLimits limits, bool trusted = false)
    {
        var before = problems.Count;
        if (ObjectReader.Open(document, "", problems) is not { } reader)
        {
            return null;
        }

        reader.Text(RuleSetShape.SchemaMember);
        reader.Text(RuleSetShape.Name);
        var title = RuleSetTitle.Read(reader);
        reader.Text(RuleSetShape.Description);
        Secrets.Read(reader);
        var actions = reader.Array(RuleSetShape.Actions);
        if (reader.Any(RuleSetShape.Actions) is null || reader.IsEmptyList(RuleSetShape.Actions))
        {
            reader.Refuse(RuleSetShape.Actions, "A rule set needs at least one action.");
        }

        reader.Finish(RuleSetShape.Shape);
        var self = new RuleSetReader(problems, limits, trusted);
        self.NoteGivenNames(actions.Select(action => action.Element), 0);
        self.Compile(actions, 0);
        self.NoLinks($"/{RuleSetShape.Title.Name}", title?.Paths ?? [], "links are never stored.");
        self.CheckLinks();
        self.CheckNumbered();
        if (!trusted)
        {
            ConfiguredSecrets.Check(document, problems);
        }

        return problems.Count == before ? self.compiled : null;
    }

    /// <summary>Reads one action outside a rule set, or returns null if there is any problem.</summary>
    /// <param name="members">The action, without its type and name.</param>
    /// <param name="type">The type of the action.</param>
    /// <param name="name">The name of the action.</param>
    /// <param name="limits">The limits of the environment.</param>
    /// <param name="usualTitle">The default title of a request to a person; null if a title is required.</param>
    /// <param name="shape">All members of the request.</param>
    public static RuleAction? ReadAction(
        ObjectReader members, string type, string name, RuleSetLimits limits, string? usualTitle, Shape shape)
    {
        var before = members.Problems.Count;
        var self = new RuleSetReader(members.Problems, limits, trusted: false);
        var action = Types[type].Read(new ActionReader(members, name, self) { UsualTitle = usualTitle });
        members.Finish(shape);
        self.CheckLinks();
        if (!members.Problems.Literal) // texts from a model contain no templates
        {
            ConfiguredSecrets.CheckAction(members);
        }

        return members.Problems.Count == before ? action : null;
    }

    internal void NoLinks(string pointer, IEnumerable<ContextPath> paths, string why) => withoutLinks.Add((pointer, paths, why));

    private void Compile(IReadOnlyList<(JsonElement Element, string Pointer)> actions, int depth)
    {
        foreach (var (element, pointer) in actions)
        {
            if (++count > MaxActions)
            {
                problems.Add(pointer, $"A rule set can have at most {MaxActions.ToString(CultureInfo.InvariantCulture)} actions.");
                return;
            }

            if (ObjectReader.Open(element, pointer, problems) is not { } members)
            {
                continue;
            }

            var type = members.RequiredText("type", 50);
            var action = new ActionReader(members, ReadName(members, type), this);
            if (type == Branch)
            {
                CompileWhen(action, depth);
                members.Finish(BranchShape);
            }
            else if (Types.TryGetValue(type, out var known))
            {
                if (known.Read(action) is { } step)
                {
                    compiled.Add(step with { Pointer = pointer });
                }

                members.Finish(known.Shape);
            }
            else if (type.Length > 0)
            {
                members.Refuse("type", $"Unknown action type '{type}'.");
            }
        }
    }

    // a derived name must not take a name that the author uses further down
    private void NoteGivenNames(IEnumerable<JsonElement> actions, int depth)
    {
        foreach (var action in actions.Where(action => depth <= MaxDepth && action.ValueKind == JsonValueKind.Object))
        {
            foreach (var member in action.EnumerateObject())
            {
                if (member.NameEquals("name") && member.Value.ValueKind == JsonValueKind.String)
                {
                    givenNames.Add(member.Value.GetString()!);
                }
                else if ((member.NameEquals("then") || member.NameEquals("else"))
                    && member.Value.ValueKind == JsonValueKind.Array)
                {
                    NoteGivenNames(member.Value.EnumerateArray(), depth + 1);
                }
            }
        }
    }

    private void CompileWhen(ActionReader action, int depth)
    {
        if (depth >= MaxDepth)
        {
            problems.Add(action.Members.Pointer, "'when' is nested too deeply.");
        }

        var condition = RuleAction.When.ReadIf(action);
        var then = action.Members.Array(RuleAction.When.Then);
        var otherwise = action.Members.Array(RuleAction.When.Else);
        if (depth >= MaxDepth)
        {
            return;
        }

        var at = compiled.Count;
        compiled.Add(new RuleAction.Jump { Name = action.Name, To = at + 1 });
        Compile(then, depth + 1);
        var elseAt = compiled.Count;
        if (otherwise.Count > 0)
        {
            compiled.Add(new RuleAction.Jump { Name = $"{action.Name}.end", To = elseAt + 1 });
            Compile(otherwise, depth + 1);
            compiled[elseAt] = new RuleAction.Jump { Name = $"{action.Name}.end", To = compiled.Count };
            elseAt++;
        }

        if (condition is not null)
        {
            compiled[at] = new RuleAction.When
            {
                Name = action.Name,
                Pointer = action.Members.Pointer,
                If = condition,
                Otherwise = elseAt,
            };
        }
    }

    private string ReadName(ObjectReader reader, string type)
    {
        var name = reader.Text(ActionMembers.Name);
        if (name is not null && !RuleSetName.IsValid(name))
        {
            reader.Refuse(ActionMembers.Name, "An action name must have 1 to 64 letters, digits, '-', '_' or '.', and start with a letter or digit.");
        }

        if (name is null)
        {
            var i = 0;
            do
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{type}-{++i}");
            }
            while (names.Contains(name) || givenNames.Contains(name));
        }

        if (!names.Add(name))
        {
            reader.Refuse(ActionMembers.Name, $"Action name '{name}' is used twice.");
        }

        return name;
    }

    private void CheckNumbered()
    {
        foreach (var (name, pointer) in Numbered)
        {
            if (names.FirstOrDefault(other => other.StartsWith($"{name}.", StringComparison.Ordinal)) is { } other)
            {
                problems.Add(pointer, $"'{other}' conflicts with the follow-up tasks of '{name}' ('{name}.2' and so on). Rename it.");
            }
        }
    }

    // Anyone with a link can use it. It may appear in an email or a call, but must never be stored.
    private void CheckLinks()
    {
        foreach (var (pointer, paths, why) in withoutLinks)
        {
            foreach (var path in paths.Where(path => LinkKeys.Contains(path.Text)))
            {
                problems.Add(pointer, $"'{{{{{path.Text}}}}}' is a link, and {why}");
            }
        }
    }
}
