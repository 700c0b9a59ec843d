using System.Globalization;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Mail;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Web.Outbox;

/// <summary>A page of the outbox, newest email first.</summary>
/// <param name="Text">What the emails contain; null for all.</param>
/// <param name="Number">The number of the page, from 1.</param>
/// <param name="Total">The number of emails on all pages.</param>
/// <param name="Mails">The emails of the page.</param>
public sealed record OutboxView(string? Text, int Number, int Total, IReadOnlyList<OutboxMail> Mails)
{
    /// <summary>The largest number of characters to search for.</summary>
    public const int MaxText = 200;

    private const int PageSize = 50;

    /// <summary>The place of the first email of the page among all.</summary>
    public int From => ((Number - 1) * PageSize) + 1;

    public bool HasPrevious => Number > 1;

    public bool HasNext => Number * PageSize < Total;

    /// <summary>Returns the page that a query asks for; the nearest one where there is none.</summary>
    public static OutboxView Of(IQueryCollection query, IReadOnlyList<OutboxMail> mails)
    {
        var found = Find(query, mails);
        var last = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        var number = int.TryParse(query["page"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, last) : 1;
        return new OutboxView(TextOf(query), number, found.Count, [.. found.Skip((number - 1) * PageSize).Take(PageSize)]);
    }

    /// <summary>Returns all emails that contain the text of a query.</summary>
    public static IReadOnlyList<OutboxMail> Find(IQueryCollection query, IReadOnlyList<OutboxMail> mails) =>
        TextOf(query) is { } text ? [.. mails.Where(mail => Contains(mail.Email, text))] : mails;

    private static string? TextOf(IQueryCollection query) =>
        query["q"].ToString().Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, MaxText)] : null;

    private static bool Contains(Email email, string text) =>
        email.To.Concat(email.Cc)
            .Append(email.Subject)
            .Append(email.CorrelationId)
            .Append(email.RuleSet ?? "")
            .Append(MailBodies.PlainOf(email))
            .Any(part => part.Contains(text, StringComparison.CurrentCultureIgnoreCase));
}
