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
                "HumanTasks:PublicBaseAddress must be set: the address under which people reach this app, "
                + "as in https://tasks.example.com.")
            : ValidateOptionsResult.Success;
}
