using HumanTasks.Core.Environments;
using HumanTasks.Core.People;
using HumanTasks.Web.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace HumanTasks.Web.Security;

/// <summary>
/// The members of each environment, as currently configured: a removed member loses access at the next request.
/// </summary>
public sealed partial class Members : IDisposable
{
    private readonly IConfiguration configuration;
    private readonly ConfigurationFiles files;
    private readonly EnvironmentCatalog environments;
    private readonly ILogger<Members> logger;
    private readonly IDisposable change;
    private volatile ILookup<string, Membership> byAddress;

    public Members(IConfiguration configuration, ConfigurationFiles files, EnvironmentCatalog environments, ILogger<Members> logger)
    {
        this.configuration = configuration;
        this.files = files;
        this.environments = environments;
        this.logger = logger;
        byAddress = Read();
        change = ChangeToken.OnChange(configuration.GetReloadToken, ReadAgain);
    }

    /// <summary>Returns the memberships of an address, one for each environment; empty for a stranger.</summary>
    public IReadOnlyList<Membership> Of(string address)
    {
        files.ReadChanges();
        return [.. byAddress[PersonAddress.Written(address)]];
    }

    /// <summary>Returns the members of an environment, by name.</summary>
    public IReadOnlyList<Member> In(string environment) =>
    [
        .. byAddress.SelectMany(memberships => memberships)
            .Where(membership => membership.Environment.Id == environment)
            .Select(membership => membership.Member)
            .OrderBy(member => member.Name, StringComparer.CurrentCultureIgnoreCase),
    ];

    /// <summary>
    /// Returns the assignee of questions for which a model names none: the environment's first owner, preferably one
    /// who can receive email. Null without an owner.
    /// </summary>
    public string? UsualAssignee(string environment)
    {
        files.ReadChanges();
        return byAddress.SelectMany(memberships => memberships)
            .Where(membership => membership.Environment.Id == environment && membership.Member.Role == Role.Owner)
            .OrderBy(membership => PersonAddress.IsLocal(membership.Member.Address))
            .FirstOrDefault()?.Member.Address;
    }

    public void Dispose() => change.Dispose();

    private ILookup<string, Membership> Read()
    {
        var options = configuration.GetSection(HumanTasksOptions.Section).Get<HumanTasksOptions>() ?? new HumanTasksOptions();
        return options.Environments
            .SelectMany(environment => environment.Members.Select(member => (environment.Id, Member: member)))
            .Where(item => environments.Find(item.Id) is not null && item.Member.Address.Length > 0)
            .Select(item => new Membership(environments.Get(item.Id), new Member(
                PersonAddress.Written(item.Member.Address), item.Member.Name ?? item.Member.Address, item.Member.Role)))
            .ToLookup(membership => membership.Member.Address, StringComparer.OrdinalIgnoreCase);
    }

    // an invalid configuration changes nothing; the next valid one applies
    private void ReadAgain()
    {
        try
        {
            byAddress = Read();
        }
        catch (Exception problem) when (problem is InvalidOperationException or FormatException)
        {
            LogUnreadable(problem.Message);
        }
    }

    [LoggerMessage(LogLevel.Error, "Couldn't reload the members. The earlier members stay in effect: {Problem}")]
    private partial void LogUnreadable(string problem);
}
