using HumanTasks.Web.Settings;
using Microsoft.Extensions.Options;

namespace HumanTasks.Functions.Hosting;

/// <summary>
/// Requires an address for links that no request can forge: a configured one, or one that the platform provides.
/// </summary>
internal sealed class PublicAddressValidation(Uri? own) : IValidateOptions<HumanTasksOptions>
{
    public ValidateOptionsResult Validate(string? name, HumanTasksOptions options) =>
        (options.PublicBaseAddress ?? own) is null
            ? ValidateOptionsResult.Fail(
                "Set HumanTasks:PublicBaseAddress to the address where people open this app, "
                + "such as https://tasks.example.com.")
            : ValidateOptionsResult.Success;
}
