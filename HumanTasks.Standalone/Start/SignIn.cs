using HumanTasks.Core.Links;
using HumanTasks.Core.People;
using HumanTasks.Standalone.Storage;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;

namespace HumanTasks.Standalone.Start;

/// <summary>
/// The command <c>--sign-in ADDRESS</c>: prints an address that signs a member in, valid for 10 minutes and one use,
/// and ends. It can run beside a running host, because nothing is written before the address is used.
/// </summary>
internal static class SignIn
{
    /// <summary>Prints the address; returns false when the command line does not ask for it.</summary>
    public static async Task<bool> PrintAsync(ConfigurationManager configuration)
    {
        if (configuration["sign-in"] is not { Length: > 0 } address)
        {
            return false;
        }

        var folder = HostSettings.DataFolderOf(configuration);
        if (!File.Exists(SettingsFile.PathIn(folder)))
        {
            throw new OperatorException($"No settings in {folder}. Start the host once first.");
        }

        var settings = new ConfigurationBuilder()
            .AddJsonFile(SettingsFile.PathIn(folder))
            .AddConfiguration(configuration)
            .Build();
        var options = settings.GetSection(HumanTasksOptions.Section).Get<HumanTasksOptions>() ?? new HumanTasksOptions();
        var member = options.Environments
            .SelectMany(environment => environment.Members)
            .FirstOrDefault(member => PersonAddress.Same(member.Address, address))
            ?? throw new OperatorException(
                $"'{address}' is not a member of any environment (HumanTasks:Environments:n:Members:m:Address in {SettingsFile.PathIn(folder)}).");
        var tokens = new LinkTokens(new LinkKeyRing([.. options.LinkKeys.Select(Convert.FromBase64String)]));
        var at = options.PublicBaseAddress?.ToString() ?? configuration["Urls"]?.Split(';')[0] ?? "http://localhost:5080";
        await Console.Out.WriteLineAsync(
            $"Sign in as {member.Address} (works once, expires in 10 minutes): {at.TrimEnd('/')}{SignInLinks.PathFor(tokens, member.Address, TimeProvider.System.GetUtcNow())}");
        return true;
    }
}
