using HumanTasks.Core.Links;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Options;

namespace HumanTasks.Web.Configuration;

/// <summary>Validates the whole configuration before the first request, and names the invalid setting.</summary>
internal sealed class OptionsValidation : IValidateOptions<HumanTasksOptions>
{
    private const double MaxRetentionHours = 24 * 366 * 10;

    public ValidateOptionsResult Validate(string? name, HumanTasksOptions options)
    {
        List<string> failures = [];
        if (options.PublicBaseAddress is { } address && PublicPath.Problem(address) is { } problem)
        {
            failures.Add(problem);
        }

        CheckLinkKeys(options, failures);
        CheckSecrets(options.Secrets, "HumanTasks:Secrets", failures);
        CheckEnvironments(options, failures);
        CheckApiKeys(options, failures);
        CheckModels(options, failures);
        CheckLimits(options.Limits, failures);
        failures.AddRange(MailTemplates.Problems(options));
        failures.AddRange(TrustedProxies.Problems(options.Proxies));
        if (options.SignIn.OpenIdConnect is { Authority: not null, ClientId: "" })
        {
            failures.Add("HumanTasks:SignIn:OpenIdConnect:ClientId is missing.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void CheckSecrets(IDictionary<string, string> secrets, string at, List<string> failures)
    {
        foreach (var (name, value) in secrets)
        {
            if (Core.Expressions.ContextPath.TryParse(name) is not { } path || path.Text != path.Root || string.IsNullOrEmpty(value))
            {
                failures.Add($"{at}:{name} must have a value, and a name of letters, digits, '-' and '_'.");
            }
        }
    }

    private static void CheckLinkKeys(HumanTasksOptions options, List<string> failures)
    {
        if (options.LinkKeys.Count == 0)
        {
            failures.Add("HumanTasks:LinkKeys needs at least one key: 32 random bytes or more in base64.");
        }

        for (var i = 0; i < options.LinkKeys.Count; i++)
        {
            var bytes = new byte[options.LinkKeys[i].Length];
            if (!Convert.TryFromBase64String(options.LinkKeys[i], bytes, out var length) || length < LinkKeyRing.MinKeyLength)
            {
                failures.Add($"HumanTasks:LinkKeys:{i} must be at least 32 bytes in base64.");
            }
        }
    }

    private static void CheckEnvironments(HumanTasksOptions options, List<string> failures)
    {
        if (options.Environments.Count == 0)
        {
            failures.Add("HumanTasks:Environments needs at least one environment.");
        }

        for (var i = 0; i < options.Environments.Count; i++)
        {
            var environment = options.Environments[i];
            var at = $"HumanTasks:Environments:{i}";
            if (!Core.RuleSets.RuleSetName.IsValid(environment.Id))
            {
                failures.Add($"{at}:Id must be 1 to 64 letters, digits, '-', '_' and '.'.");
            }

            if (options.Environments.Count(other => other.Id == environment.Id) > 1)
            {
                failures.Add($"{at}:Id '{environment.Id}' is used twice.");
            }

            if (environment.MonthlyRunAllowance < 0)
            {
                failures.Add($"{at}:MonthlyRunAllowance must not be negative.");
            }

            if (!Core.Forms.Moments.IsTimeZone(environment.TimeZone))
            {
                failures.Add($"{at}:TimeZone '{environment.TimeZone}' is not an IANA time zone that this machine supports.");
            }

            if (environment.MaxDescendants < 1 || environment.MaxContextBytes < 1)
            {
                failures.Add($"{at}:MaxDescendants and MaxContextBytes must be above 0.");
            }

            for (var j = 0; j < environment.WebhookSecrets.Count; j++)
            {
                if (WebhookSignature.SecretOf(environment.WebhookSecrets[j]) is null)
                {
                    failures.Add($"{at}:WebhookSecrets:{j} must be 'whsec_' and at least {WebhookSignature.MinSecretLength} bytes in base64.");
                }
            }

            CheckSecrets(environment.Secrets, $"{at}:Secrets", failures);
            if (Core.Texts.Languages.Of(environment.Language) is null)
            {
                failures.Add($"{at}:Language '{environment.Language}' must be one of: {string.Join(", ", Core.Texts.Languages.All)}.");
            }

            for (var j = 0; j < environment.Channels.Count; j++)
            {
                var channel = environment.Channels[j];
                if (!Core.RuleSets.RuleSetName.IsValid(channel.Name) || environment.Channels.Count(other => other.Name == channel.Name) > 1
                    || channel.Address is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
                {
                    failures.Add($"{at}:Channels:{j} needs a unique Name and the http or https Address of an incoming webhook.");
                }
            }

            CheckMcp(environment.Mcp, $"{at}:Mcp", failures);
            CheckMembers(environment, at, failures);
            if (environment.RunRetentionHours is not (> 0 and <= MaxRetentionHours))
            {
                failures.Add($"{at}:RunRetentionHours must be above 0 and at most {MaxRetentionHours}.");
            }
        }
    }

    private static void CheckModels(HumanTasksOptions options, List<string> failures)
    {
        for (var i = 0; i < options.Models.Count; i++)
        {
            var model = options.Models[i];
            var at = $"HumanTasks:Models:{i}";
            if (model.Name.Length == 0 || options.Models.Count(other => other.Name.Equals(model.Name, StringComparison.OrdinalIgnoreCase)) > 1)
            {
                failures.Add($"{at}:Name is missing or used twice.");
            }

            if (model.Endpoint is { } address && !(address.IsAbsoluteUri && address.Scheme is "http" or "https"))
            {
                failures.Add($"{at}:Endpoint must be an absolute http or https address.");
            }

            if (model.ManagedIdentity && model.ApiKey is not null)
            {
                failures.Add($"{at} must have either ApiKey or ManagedIdentity, not both.");
            }

            if (model.TimeoutSeconds is < 1 or > 240)
            {
                failures.Add($"{at}:TimeoutSeconds must be 1 to 240.");
            }
        }
    }

    private static void CheckMcp(McpOptions mcp, string at, List<string> failures)
    {
        for (var i = 0; i < mcp.Assignees.Count; i++)
        {
            if (Core.People.PersonAddress.EntryProblem(mcp.Assignees[i]) is { } problem)
            {
                failures.Add($"{at}:Assignees:{i} is not valid. {problem}");
            }
        }

        for (var i = 0; i < mcp.AllowedHosts.Count; i++)
        {
            if (Uri.CheckHostName(mcp.AllowedHosts[i].Trim()) == UriHostNameType.Unknown)
            {
                failures.Add($"{at}:AllowedHosts:{i} must be a host such as docs.example.com.");
            }
        }
    }

    private static void CheckMembers(EnvironmentOptions environment, string at, List<string> failures)
    {
        for (var i = 0; i < environment.Members.Count; i++)
        {
            var address = environment.Members[i].Address;
            if (Core.People.PersonAddress.Problem(address) is { } problem)
            {
                failures.Add($"{at}:Members:{i}:Address is not valid. {problem}");
            }

            if (environment.Members.Count(other => Core.People.PersonAddress.Same(other.Address, address)) > 1)
            {
                failures.Add($"{at}:Members:{i}:Address is used twice.");
            }
        }
    }

    private static void CheckApiKeys(HumanTasksOptions options, List<string> failures)
    {
        for (var i = 0; i < options.ApiKeys.Count; i++)
        {
            var key = options.ApiKeys[i];
            var at = $"HumanTasks:ApiKeys:{i}";
            if (key.Hash.Length != 64 || !key.Hash.All(char.IsAsciiHexDigit))
            {
                failures.Add($"{at}:Hash must be the SHA-256 of the key in hexadecimal.");
            }

            if (options.ApiKeys.Count(other => other.Hash.Equals(key.Hash, StringComparison.OrdinalIgnoreCase)) > 1)
            {
                failures.Add($"{at}:Hash is used twice.");
            }

            if (options.Environments.All(environment => environment.Id != key.Environment))
            {
                failures.Add($"{at}:Environment '{key.Environment}' is not configured.");
            }

            if (key.Scopes.Count == 0 || key.Scopes.Any(scope => !Scopes.All.Contains(scope)))
            {
                failures.Add($"{at}:Scopes must have one or more of {string.Join(", ", Scopes.All)}.");
            }
        }
    }

    private static void CheckLimits(LimitOptions limits, List<string> failures)
    {
        if (limits.MaxBodyBytes <= 0 || limits.MaxUploadBytes <= 0 || limits.MaxSubmissionBytes < limits.MaxUploadBytes)
        {
            failures.Add("HumanTasks:Limits must be above 0, and MaxSubmissionBytes at least MaxUploadBytes.");
        }
    }
}
