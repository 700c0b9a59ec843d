using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Expressions;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>Reads a rule set's document, notes every problem with its pointer, and compiles it to a flat list.</summary>
public sealed class RuleSetReader
{
    public const int MaxActions = 500;
    public const int MaxDepth = 20;
    private const double MaxHours = 24 * 366 * 10;

    private readonly Problems problems;
    private readonly RuleSetLimits limits;
    private readonly bool trusted;
    private readonly List<RuleAction> compiled = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> givenNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> linkKeys = new(StringComparer.Ordinal);
    private readonly List<(string Pointer, IEnumerable<ContextPath> Paths)> kept = [];
    private int count;

    private RuleSetReader(Problems problems, RuleSetLimits limits, bool trusted)
    {
        this.problems = problems;
        this.limits = limits;
        this.trusted = trusted;
    }

    /// <summary>The compiled steps, or null when there is any problem.</summary>
    /// <param name="document">The rule set as in the contract.</param>
    /// <param name="problems">Takes every problem found.</param>
    /// <param name="limits">What the environment allows.</param>
    /// <param name="trusted">True when the document was checked before: environment limits may have changed since.</param>
    public static IReadOnlyList<RuleAction>? Read(
        JsonElement document, Problems problems, RuleSetLimits limits, bool trusted = false)
    {
        var before = problems.Count;
        if (ObjectReader.Open(document, "", problems) is not { } reader)
        {
            return null;
        }

        reader.Text("name");
        reader.Text("description", 2000);
        var actions = reader.Array("actions", MaxActions);
        if (reader.Any("actions") is null || reader.IsEmptyList("actions"))
        {
            reader.Refuse("actions", "A rule set needs at least one action.");
        }

        reader.Finish();
        var self = new RuleSetReader(problems, limits, trusted);
        self.NoteGivenNames(actions.Select(action => action.Element), 0);
        self.Compile(actions, 0);
        self.CheckLinksAreNotKept();
        return problems.Count == before ? self.compiled : null;
    }

    private void Compile(IReadOnlyList<(JsonElement Element, string Pointer)> actions, int depth)
    {
        foreach (var (element, pointer) in actions)
        {
            if (++count > MaxActions)
            {
                problems.Add(pointer, $"A rule set has at most {MaxActions.ToString(CultureInfo.InvariantCulture)} actions.");
                return;
            }

            if (ObjectReader.Open(element, pointer, problems) is not { } reader)
            {
                continue;
            }

            var type = reader.RequiredText("type", 50);
            var name = ReadName(reader, type);
            if (type == "when")
            {
                CompileWhen(reader, name, depth);
            }
            else if (ReadAction(reader, type, name) is { } action)
            {
                compiled.Add(action);
            }

            if (IsKnown(type))
            {
                reader.Finish();
            }
        }
    }

    // a derived name gives way to one that a person wrote, also further down
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

    private void CompileWhen(ObjectReader reader, string name, int depth)
    {
        if (depth >= MaxDepth)
        {
            problems.Add(reader.Pointer, "'when' is nested too deeply.");
        }

        Condition? condition = null;
        if (reader.Any("if") is { } element)
        {
            condition = ConditionReader.Read(element, reader.At("if"), problems, "path");
        }
        else
        {
            reader.Refuse("if", "'if' is required.");
        }

        if (reader.Any("then") is null)
        {
            reader.Refuse("then", "'then' is required.");
        }

        var then = reader.Array("then", MaxActions);
        var otherwise = reader.Array("else", MaxActions);
        if (depth >= MaxDepth)
        {
            return;
        }

        var at = compiled.Count;
        compiled.Add(new RuleAction.Jump { Name = name, To = at + 1 });
        Compile(then, depth + 1);
        var elseAt = compiled.Count;
        if (otherwise.Count > 0)
        {
            compiled.Add(new RuleAction.Jump { Name = $"{name}.end", To = elseAt + 1 });
            Compile(otherwise, depth + 1);
            compiled[elseAt] = new RuleAction.Jump { Name = $"{name}.end", To = compiled.Count };
            elseAt++;
        }

        if (condition is not null)
        {
            compiled[at] = new RuleAction.When { Name = name, Pointer = reader.Pointer, If = condition, Otherwise = elseAt };
        }
    }

    private RuleAction? ReadAction(ObjectReader reader, string type, string name)
    {
        RuleAction? action = type switch
        {
            "set" => ReadSet(reader, name),
            "http" => ReadHttp(reader, name),
            "email" => ReadEmail(reader, name),
            "humanTask" => ReadHumanTask(reader, name),
            "humanIntervention" => ReadHumanIntervention(reader, name),
            "startRuleSet" => ReadStart(reader, name),
            "end" => ReadEnd(reader, name),
            _ => null,
        };
        if (type.Length > 0 && !IsKnown(type))
        {
            reader.Refuse("type", $"Unknown action type '{type}'.");
        }

        return action is null ? null : action with { Pointer = reader.Pointer };
    }

    private static bool IsKnown(string type) =>
        type is "set" or "when" or "http" or "email" or "humanTask" or "humanIntervention" or "startRuleSet" or "end";

    private string ReadName(ObjectReader reader, string type)
    {
        var name = reader.Text("name", 64);
        if (name is not null && !RuleSetName.IsValid(name))
        {
            reader.Refuse("name", "An action's name has 1 to 64 letters, digits, '-', '_' and '.', and starts with a letter or a digit.");
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
            reader.Refuse("name", $"There are two actions named '{name}'.");
        }

        return name;
    }

    private RuleAction.Set ReadSet(ObjectReader reader, string name)
    {
        List<(ContextPath, ValueTemplate)> values = [];
        if (reader.RequiredObject("values") is { } members)
        {
            foreach (var member in members.Element.EnumerateObject())
            {
                var pointer = members.At(member.Name);
                var value = Keep(pointer, ValueTemplate.Parse(member.Value, pointer, problems));
                if (ContextPath.TryParse(member.Name) is { } key)
                {
                    values.Add((key, value));
                }
                else
                {
                    problems.Add(pointer, $"'{member.Name}' is not a context key such as invoice.number.");
                }
            }
        }

        return new RuleAction.Set { Name = name, Values = values };
    }

    private RuleAction.Http ReadHttp(ObjectReader reader, string name)
    {
        var method = reader.OneOf("method", "GET", "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
        var url = ReadTemplate(reader, "url", 4000, required: true);
        if (url.IsLiteral && url.Text.Length > 0
            && !(Uri.TryCreate(url.Text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            reader.Refuse("url", "'url' must be an absolute http or https address.");
        }

        List<(string, Template)> headers = [];
        if (reader.Object("headers") is { } members)
        {
            foreach (var member in members.Element.EnumerateObject())
            {
                headers.Add((member.Name, ReadTemplate(members, member.Name, 4000, required: false)));
                if (!IsRequestHeader(member.Name))
                {
                    members.Refuse(member.Name, $"'{member.Name}' is not a header that a request can be given.");
                }
            }
        }

        List<int> expect = [];
        foreach (var (item, pointer) in reader.Array("expect", 50))
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out var status) && status is >= 100 and <= 599)
            {
                expect.Add(status);
            }
            else
            {
                problems.Add(pointer, "This must be an HTTP status from 100 to 599.");
            }
        }

        return new RuleAction.Http
        {
            Name = name,
            Method = method,
            Url = url,
            Headers = headers,
            Body = reader.Any("body") is { } body ? ValueTemplate.Parse(body, reader.At("body"), problems) : null,
            SaveAs = ReadKey(reader, "saveAs"),
            Timeout = TimeSpan.FromSeconds(reader.Integer("timeoutSeconds", 1, 100) ?? 30),
            Expect = expect,
        };
    }

    private static bool IsRequestHeader(string name)
    {
        using var request = new HttpRequestMessage();
        return name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
            || request.Headers.TryAddWithoutValidation(name, "");
    }

    private RuleAction.Email ReadEmail(ObjectReader reader, string name) => new()
    {
        Name = name,
        To = ReadAddresses(reader, "to", required: true),
        Cc = ReadAddresses(reader, "cc", required: false),
        Subject = ReadTemplate(reader, "subject", 500, required: true),
        Body = ReadTemplate(reader, "body", 100_000, required: true),
    };

    private List<Template> ReadAddresses(ObjectReader reader, string member, bool required)
    {
        if (reader.Any(member) is { ValueKind: JsonValueKind.Array })
        {
            var texts = reader.TextsAt(member, 50, 1000);
            if (required && reader.IsEmptyList(member))
            {
                reader.Refuse(member, $"'{member}' needs at least one address.");
            }

            return [.. texts.Select(text => Parse(text.Text, text.Pointer))];
        }

        return required || reader.Any(member) is not null ? [ReadTemplate(reader, member, 1000, required)] : [];
    }

    private RuleAction.HumanTask ReadHumanTask(ObjectReader reader, string name)
    {
        if (!limits.HumanTasks)
        {
            problems.Add(reader.Pointer, "Human tasks are not enabled in this environment.");
        }

        var assignee = ReadTemplate(reader, "assignee", 1000, required: true);
        Keep(reader.At("assignee"), assignee.Paths);
        return new RuleAction.HumanTask
        {
            Name = name,
            Request = ReadRequest(reader),
            Assignee = assignee,
            DueIn = ReadSpan(reader, "dueInHours", bounded: false),
            ExpiresIn = ReadSpan(reader, "expiresInHours", bounded: true),
            AllowReject = reader.Flag("allowReject") ?? false,
            SaveAs = ReadKey(reader, "saveAs") ?? ContextPath.TryParse(name.Replace('.', '_'))!,
            Continuation = reader.Any("continuation") is { } continuation
                ? Continuation.Read(continuation, reader.At("continuation"), problems)
                : null,
        };
    }

    private RuleAction.HumanIntervention? ReadHumanIntervention(ObjectReader reader, string name)
    {
        var request = ReadRequest(reader);
        var key = reader.Text("linkContextKey", ContextPath.MaxLength);
        if (key is not null && ContextPath.TryParse(key) is null)
        {
            reader.Refuse("linkContextKey", $"'{key}' is not a context key such as approvalLink.");
        }

        key ??= $"{name.Replace('.', '_')}Link";
        if (!linkKeys.Add(key))
        {
            reader.Refuse("linkContextKey", $"Two human interventions put their link under '{key}'.");
        }

        Continuation? continuation = null;
        if (reader.Any("continuation") is { } element)
        {
            continuation = Continuation.Read(element, reader.At("continuation"), problems);
        }
        else
        {
            reader.Refuse("continuation", "'continuation' is required.");
        }

        var expiration = ReadSpan(reader, "linkExpirationHours", bounded: true);
        var maxUses = reader.Integer("maxUses", 1, 1000);
        return continuation is null ? null : new RuleAction.HumanIntervention
        {
            Name = name,
            Request = request,
            Continuation = continuation,
            LinkExpiration = expiration ?? Min(TimeSpan.FromHours(1), limits.LongestLink),
            MaxUses = maxUses ?? 1,
            LinkContextKey = key,
        };
    }

    private PersonRequest ReadRequest(ObjectReader reader)
    {
        var title = ReadTemplate(reader, "title", 300, required: true);
        var description = reader.Any("description") is null
            ? null
            : ReadTemplate(reader, "description", 20_000, required: false);
        Form? form = null;
        if (reader.Any("form") is { } element)
        {
            form = trusted ? Form.Checked(element) : FormReader.Read(element, reader.At("form"), problems);
        }
        else
        {
            reader.Refuse("form", "'form' is required.");
        }

        Keep(reader.At("title"), title.Paths);
        Keep(reader.At("description"), description?.Paths ?? []);
        Keep(reader.At("form"), trusted ? [] : form?.Paths ?? []);
        return new PersonRequest
        {
            Title = title,
            Description = description,
            Form = form ?? NoForm,
            Show = ReadShow(reader),
        };
    }

    private static List<ContextPath>? ReadShow(ObjectReader reader)
    {
        if (reader.Any("show") is null)
        {
            return null;
        }

        List<ContextPath> show = [];
        foreach (var (text, pointer) in reader.TextsAt("show", 100, ContextPath.MaxLength))
        {
            if (ContextPath.TryParse(text) is { } path)
            {
                show.Add(path);
            }
            else
            {
                reader.Problems.Add(pointer, $"'{text}' is not a path such as invoice.number.");
            }
        }

        return show;
    }

    private RuleAction.StartRuleSet ReadStart(ObjectReader reader, string name)
    {
        var ruleSet = reader.RequiredText("ruleSet", RuleSetName.MaxLength);
        if (ruleSet.Length > 0 && !RuleSetName.IsValid(ruleSet))
        {
            reader.Refuse("ruleSet", RuleSetName.Rule);
        }

        ValueTemplate? context = null;
        if (reader.Object("context") is { } members)
        {
            context = Keep(members.Pointer, ValueTemplate.Parse(members.Element, members.Pointer, problems));
        }

        return new RuleAction.StartRuleSet { Name = name, RuleSet = ruleSet, Context = context };
    }

    private RuleAction.End ReadEnd(ObjectReader reader, string name) => new()
    {
        Name = name,
        Status = Enum.Parse<EndStatus>(
            reader.OneOf("status", "completed", "completed", "failed", "cancelled"), ignoreCase: true),
        Output = reader.Any("output") is { } output
            ? Keep(reader.At("output"), ValueTemplate.Parse(output, reader.At("output"), problems))
            : null,
    };

    private TimeSpan? ReadSpan(ObjectReader reader, string member, bool bounded)
    {
        if (reader.Hours(member, MaxHours) is not { } hours)
        {
            return null;
        }

        var span = TimeSpan.FromHours(hours);
        if (bounded && !trusted && span > limits.LongestLink)
        {
            reader.Refuse(member, string.Create(
                CultureInfo.InvariantCulture,
                $"'{member}' would outlive the run: runs of this environment stay available for {limits.LongestLink.TotalHours:0.##} hours."));
        }

        return span;
    }

    private static ContextPath? ReadKey(ObjectReader reader, string member)
    {
        if (reader.Text(member, ContextPath.MaxLength) is not { } text)
        {
            return null;
        }

        if (ContextPath.TryParse(text) is { } key)
        {
            return key;
        }

        reader.Refuse(member, $"'{text}' is not a context key such as invoice.number.");
        return null;
    }

    private Template ReadTemplate(ObjectReader reader, string member, int maxLength, bool required)
    {
        var text = required ? reader.RequiredText(member, maxLength) : reader.Text(member, maxLength);
        return Parse(text ?? "", reader.At(member));
    }

    private Template Parse(string text, string pointer)
    {
        if (Template.TryParse(text, out var problem) is { } template)
        {
            return template;
        }

        problems.Add(pointer, problem!);
        return Template.Literal(text);
    }

    private ValueTemplate Keep(string pointer, ValueTemplate template)
    {
        Keep(pointer, template.Paths);
        return template;
    }

    private void Keep(string pointer, IEnumerable<ContextPath> paths) => kept.Add((pointer, paths));

    // A link is a capability and nothing secret is stored: it may leave in a mail or a call, never stay in a record.
    private void CheckLinksAreNotKept()
    {
        foreach (var (pointer, paths) in kept)
        {
            foreach (var path in paths.Where(path => linkKeys.Contains(path.Text)))
            {
                problems.Add(
                    pointer,
                    $"'{{{{{path.Text}}}}}' is a link, and links are never stored: use it in an email or http action.");
            }
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    // stands in for a form that has a problem; the reader then answers no rule set at all
    private static readonly Form NoForm = new(default, new ValueTemplate.Members([]), [], null);
}
