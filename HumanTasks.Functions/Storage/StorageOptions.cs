using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Storage;

/// <summary>The configuration section <c>HumanTasks:Storage</c>: where this deployment keeps its records.</summary>
internal sealed class StorageOptions
{
    public const string Section = "HumanTasks:Storage";

    /// <summary>The connection string of a storage account or an emulator, for development.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The name of a storage account, used with a managed identity.</summary>
    public string? AccountName { get; set; }

    /// <summary>The client ID of a user-assigned identity. Default: the system-assigned identity.</summary>
    public string? ClientId { get; set; }

    /// <summary>The suffix of the account's host names. Default <c>core.windows.net</c>.</summary>
    public string EndpointSuffix { get; set; } = "core.windows.net";

    /// <summary>The prefix of the names of tables and containers. Default <c>HumanTasks</c>.</summary>
    public string Prefix { get; set; } = "HumanTasks";

    public Uri Endpoint(string service) => new($"https://{AccountName}.{service}.{EndpointSuffix}");

    internal sealed class Validator : IValidateOptions<StorageOptions>
    {
        private const int MaxPrefix = 40;

        public ValidateOptionsResult Validate(string? name, StorageOptions options)
        {
            var problems = new List<string>();
            if (string.IsNullOrWhiteSpace(options.ConnectionString) == string.IsNullOrWhiteSpace(options.AccountName))
            {
                problems.Add(
                    $"Set either {Section}:AccountName (a storage account, reached with a managed identity) or "
                    + $"{Section}:ConnectionString (for development), and not both.");
            }

            if (options.AccountName is { Length: > 0 } account
                && !account.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character)))
            {
                problems.Add(
                    $"{Section}:AccountName must be a storage account name (lower-case letters and digits), not an address.");
            }

            if (options.ClientId is { Length: > 0 } client && !Guid.TryParse(client, out _))
            {
                problems.Add($"{Section}:ClientId must be the client ID of a user-assigned identity (a GUID).");
            }

            if (options.Prefix.Length is 0 or > MaxPrefix
                || !char.IsAsciiLetter(options.Prefix[0])
                || !options.Prefix.All(char.IsAsciiLetterOrDigit))
            {
                problems.Add($"{Section}:Prefix must have 1 to {MaxPrefix} letters and digits and start with a letter.");
            }

            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
