using System.Globalization;
using System.Text.Json;
using HumanTasks.Core.Engine.Actions;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Forms;
using HumanTasks.Core.Ports;
using HumanTasks.Core.RuleSets;
using HumanTasks.Core.Tasks;
using HumanTasks.Web.Review;
using HumanTasks.Web.Security;
using HumanTasks.Web.Studio.Shell;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>The images and PDFs in form previews. Uploaded files belong to runs, so a preview opens none.</summary>
internal static class PreviewFiles
{
    // servers and proxies take 8 kB
    private const int MaxAddress = 6000;

    /// <summary>The address of what a field shows; null for an uploaded file, and where the sample context is too long for an address.</summary>
    public static string? AddressOf(string page, int version, string? form, string sample, Field.DisplayOnly field)
    {
        var address = string.Create(
            CultureInfo.InvariantCulture,
            $"{page}/shown/{field.Name}?version={version}&form={Uri.EscapeDataString(form ?? "")}&context={Uri.EscapeDataString(sample)}");
        return field.Uploaded is null && address.Length <= MaxAddress ? address : null;
    }

    public static async Task<IResult> ShowAsync(
        string name,
        string field,
        int? version,
        string? form,
        HttpContext context,
        IRuleSetStore store,
        EnvironmentCatalog environments,
        ShownFiles files,
        TimeProvider time)
    {
        var environment = environments.Get(context.User.EnvironmentId());
        if (await store.FindRuleSetAsync(environment.Id, name, version, context.RequestAborted) is not { } stored)
        {
            return Workspace.NotFound(context);
        }

        using var document = JsonDocument.Parse(stored.Definition);
        var action = RuleSet.Load(name, stored.Version, document.RootElement.Clone()).Actions
            .FirstOrDefault(action => action.Name == form && TaskPreview.RequestOf(action) is not null);
        var (sample, _) = RuleSetPages.ReadContext(context.Request.Query["context"].ToString());
        return action is not null && sample is not null
            && TaskPreview.Of(action, sample, name, environment, time.GetUtcNow()).Task is { } task
            && task.Question.Form().Find(field) is Field.DisplayOnly { Uploaded: null }
                ? await files.ServeAsync(context, TaskView.Of(task), field)
                : Workspace.NotFound(context);
    }
}
