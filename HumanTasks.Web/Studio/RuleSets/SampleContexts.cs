using System.Text.Encodings.Web;
using System.Text.Json;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Runs;
using HumanTasks.Web.Api;
using HumanTasks.Web.Security;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Studio.RuleSets;

/// <summary>
/// The sample context of a rule set's preview: what the member typed last, else the context of the last run, without
/// its secrets.
/// </summary>
internal sealed class SampleContexts(IDocumentStore documents, WatchedSecrets secrets, TimeProvider time)
{
    /// <summary>A member who typed nothing.</summary>
    public const string None = "{}";

    private const int MaxKept = 32 * 1024;
    private const int MaxOfRun = 16 * 1024;

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<string> OfAsync(HttpContext context, string ruleSet, Run? last)
    {
        if (await documents.FindAsync(OwnerOf(context), KeyOf(context, ruleSet), context.RequestAborted) is { } kept)
        {
            return System.Text.Encoding.UTF8.GetString(kept.Body.Span);
        }

        if (last is null)
        {
            return None;
        }

        var mask = await secrets.OfAsync(context, last);
        var text = mask.Context(last.Context).ToJsonString(Indented);
        return text.Length <= MaxOfRun ? text : None;
    }

    /// <summary>Keeps what a member typed for this rule set; an empty text forgets it.</summary>
    public async Task KeepAsync(HttpContext context, string ruleSet, string typed)
    {
        var (owner, key) = (OwnerOf(context), KeyOf(context, ruleSet));
        if (typed.Trim() is "" or None)
        {
            await documents.DeleteAsync(owner, key, context.RequestAborted);
            return;
        }

        var body = System.Text.Encoding.UTF8.GetBytes(typed);
        if (body.Length <= MaxKept)
        {
            var before = await documents.FindAsync(owner, key, context.RequestAborted);
            await documents.PutAsync(
                (before?.With(body) ?? new Document(owner, key, body)) with { ExpiresAt = time.GetUtcNow() + Lifetime }, context.RequestAborted);
        }
    }

    private static string OwnerOf(HttpContext context) => $"samples.{OneTimeCodes.KeyOf(context.User.MemberAddress()!)}";

    private static string KeyOf(HttpContext context, string ruleSet) => $"{context.User.EnvironmentId()}.{ruleSet}";
}
