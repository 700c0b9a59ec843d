using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Mail;

/// <summary>
/// The configuration section <c>HumanTasks:Email</c>: Azure Communication Services. Without it the deployment runs and
/// refuses to send email.
/// </summary>
internal sealed class EmailOptions
{
    public const string Section = "HumanTasks:Email";

    /// <summary>The address of the Communication Services resource, used with a managed identity.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The connection string of the Communication Services resource, for development.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The sender's address, of a domain that is linked to the resource.</summary>
    public string? Sender { get; set; }

    /// <summary>The client ID of a user-assigned identity. Default: that of <c>HumanTasks:Storage</c>.</summary>
    public string? ClientId { get; set; }

    public bool IsConfigured => Has(Endpoint) || Has(ConnectionString) || Has(Sender);

    /// <summary>
    /// The endpoint as an absolute address: the portal shows it with a scheme, resource templates without one.
    /// </summary>
    public Uri? Address
    {
        get
        {
            var text = Endpoint?.Contains("://", StringComparison.Ordinal) == true ? Endpoint : $"https://{Endpoint}";
            return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
                ? address
                : null;
        }
    }

    private static bool Has(string? text) => !string.IsNullOrWhiteSpace(text);

    internal sealed class Validator : IValidateOptions<EmailOptions>
    {
        public ValidateOptionsResult Validate(string? name, EmailOptions options)
        {
            if (!options.IsConfigured)
            {
                return ValidateOptionsResult.Success;
            }

            var problems = new List<string>();
            if (Has(options.Endpoint) == Has(options.ConnectionString))
            {
                problems.Add(
                    $"Set either {Section}:Endpoint (with a managed identity) or {Section}:ConnectionString, and not both.");
            }

            if (Has(options.Endpoint) && options.Address is null)
            {
                problems.Add($"{Section}:Endpoint must be the https address of a Communication Services resource.");
            }

            if (options.Sender?.Contains('@', StringComparison.Ordinal) != true)
            {
                problems.Add($"Set {Section}:Sender to the sender's email address.");
            }

            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
