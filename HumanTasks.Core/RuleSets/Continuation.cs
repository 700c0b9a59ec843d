using System.Text.Json;
using System.Text.Json.Serialization;
using HumanTasks.Core.Reading;

namespace HumanTasks.Core.RuleSets;

/// <summary>
/// Where a run continues after an accepted response: a rule set of the same environment, or an https webhook.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RuleSet), "ruleSet")]
[JsonDerivedType(typeof(Webhook), "webhook")]
public abstract record Continuation
{
    private static readonly TextMember RuleSetMember = new("ruleSet", RuleSetName.MaxLength) { Says = "The name of a rule set of this environment." };
    private static readonly TextMember WebhookMember = new("webhook", 2000) { Says = "An https address." };

    private static readonly IntegerMember VersionMember = new("version", 1, Webhook.Outcomes)
    {
        Says = "The version of a webhook's body: 1, the default, for responses only; 2 for every outcome.",
    };

    /// <summary>The member that calling actions have as well.</summary>
    internal static readonly FlagMember KeepErrorsMember = new("keepErrors")
    {
        Says = "Whether the run's page shows owners and editors the first kilobyte of the body of a failed answer. Default false.",
    };

    internal static readonly Shape Shape = new("Continuation", RuleSetMember, WebhookMember, VersionMember, KeepErrorsMember)
    {
        Says = "Either 'ruleSet' or 'webhook'.",
    };

    private Continuation()
    {
    }

    /// <param name="element">The JSON of the contract.</param>
    /// <param name="pointer">The JSON pointer to the element.</param>
    /// <param name="problems">Receives every problem found.</param>
    /// <param name="privateAddresses">Whether a webhook may use private networks.</param>
    public static Continuation? Read(JsonElement element, string pointer, Problems problems, bool privateAddresses)
    {
        if (ObjectReader.Open(element, pointer, problems) is not { } reader)
        {
            return null;
        }

        var ruleSet = reader.Text(RuleSetMember);
        var webhook = reader.Text(WebhookMember);
        var version = reader.Integer(VersionMember);
        var keepErrors = reader.Flag(KeepErrorsMember);
        reader.Finish(Shape);
        if (version is not null && webhook is null)
        {
            reader.Refuse(VersionMember, "'version' is only for webhooks. Remove it.");
        }

        if (keepErrors is not null && webhook is null)
        {
            reader.Refuse(KeepErrorsMember, "'keepErrors' is only for webhooks. Remove it.");
        }

        switch (ruleSet, webhook)
        {
            case ({ } name, null):
                if (RuleSetName.IsValid(name))
                {
                    return new RuleSet(name);
                }

                reader.Refuse(RuleSetMember, RuleSetName.Rule);
                return null;
            case (null, { } url):
                if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsAllowed(uri))
                {
                    reader.Refuse(WebhookMember, "A webhook needs an absolute https address.");
                }
                else if (uri.UserInfo.Length > 0)
                {
                    reader.Refuse(WebhookMember, "The webhook URL must not contain credentials.");
                }
                else if (!privateAddresses && PublicAddresses.IsPrivateLiteral(uri))
                {
                    reader.Refuse(WebhookMember, "The webhook URL is a private address. Set HumanTasks:AllowPrivateAddresses to allow it.");
                }
                else
                {
                    return new Webhook(uri)
                    {
                        Version = version == Webhook.Outcomes ? version : null,
                        KeepErrors = keepErrors == true,
                    };
                }

                return null;
            default:
                problems.Add(pointer, "A continuation is either { \"ruleSet\": name } or { \"webhook\": url }.");
                return null;
        }
    }

    // plain http never leaves the machine: the call still refuses loopback addresses unless configured otherwise
    private static bool IsAllowed(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback);

    public sealed record RuleSet(string Name) : Continuation;

    public sealed record Webhook(Uri Url) : Continuation
    {
        /// <summary>The body version that reports every outcome.</summary>
        public const int Outcomes = 2;

        /// <summary>2 if every outcome is posted; null for version 1, which posts only responses.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public int? Version { get; init; }

        /// <summary>Whether the run that delivers keeps the beginning of a failed answer's body in its record.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool KeepErrors { get; init; }

        /// <summary>Whether rejections, expiries, cancellations and default responses are posted, too.</summary>
        [JsonIgnore]
        public bool TellsOutcomes => Version == Outcomes;
    }
}
