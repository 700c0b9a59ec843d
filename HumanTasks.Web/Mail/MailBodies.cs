using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Ports;
using HumanTasks.Core.Texts;
using HumanTasks.Web.Branding;
using HumanTasks.Web.Components;

namespace HumanTasks.Web.Mail;

/// <summary>
/// A mail as it is sent: one HTML document that reads well in a light and in a dark client and on paper, without a script, a
/// remote image or anything else that tells who opened it, and the same as plain text.
/// </summary>
public sealed partial class MailBodies(Brands brands, EnvironmentCatalog environments)
{
    private const string DefaultAccent = "#1d4ed8";

    public async Task<MailBody> OfAsync(Email email, CancellationToken cancellationToken)
    {
        var environment = email.Environment is { } id ? environments.Find(id) : null;
        var brand = environment is null ? null : await brands.OfAsync(environment.Id, cancellationToken);
        var logo = brand?.Logo is { ContentType: LogoImage.Png } png ? png.Bytes : (ReadOnlyMemory<byte>?)null; // clients of mail show no SVG
        return new MailBody(TextOf(email, brand), HtmlOf(email, brand, Languages.Of(email.Language ?? environment?.Language) ?? Languages.Fallback, logo is not null), logo);
    }

    /// <summary>What a mail says as plain text.</summary>
    public static string PlainOf(Email email) => email.Text ?? PlainMarkdown.ToText(email.Markdown);

    private static string TextOf(Email email, Brand? brand)
    {
        var text = PlainOf(email);
        if (brand is not { HasFooter: true, Settings: var look })
        {
            return text;
        }

        // RFC 3676: what follows "-- " is a signature
        var lines = new[] { look.Footer, look.Imprint, look.Privacy }.OfType<string>();
        return $"{text}\n\n-- \n{string.Join('\n', lines)}";
    }

    private static string HtmlOf(Email email, Brand? brand, string language, bool hasLogo)
    {
        var accent = brand?.Accent ?? AccentColor.Parse(DefaultAccent)!.Value;
        var html = new StringBuilder()
            .Append("<!DOCTYPE html><html lang=\"").Append(language).Append("\" dir=\"").Append(Languages.DirectionOf(language)).Append("\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<meta name=\"color-scheme\" content=\"light dark\"><meta name=\"supported-color-schemes\" content=\"light dark\">")
            .Append("<title>").Append(Encoded(email.Subject)).Append("</title><style>").Append(Css(accent)).Append("</style></head><body><main class=\"mail\">");
        if (brand is not null)
        {
            html.Append("<p class=\"from\">");
            if (hasLogo)
            {
                html.Append("<img src=\"cid:").Append(MailBody.LogoId).Append("\" alt=\"\" height=\"32\"> ");
            }

            html.Append(Encoded(brand.Name)).Append("</p>");
        }

        html.Append(OnlyALink().Replace(SafeMarkdown.ToHtml(email.Markdown).Value, "<p class=\"go\">$1</p>"));
        if (brand is { HasFooter: true, Settings: var look })
        {
            html.Append("<div class=\"foot\">");
            if (look.Footer is { } footer)
            {
                html.Append("<p>").Append(Encoded(footer).ReplaceLineEndings("<br>")).Append("</p>");
            }

            var texts = new[] { look.Imprint, look.Privacy }.OfType<string>()
                .Select(address => $"<a href=\"{Encoded(address)}\" rel=\"noopener noreferrer nofollow\">{Encoded(address)}</a>");
            html.Append("<p>").AppendJoin("<br>", texts).Append("</p></div>");
        }

        return html.Append("</main></body></html>").ToString();
    }

    private static string Css(AccentColor accent) => $$"""
        :root { color-scheme: light dark; }
        body { margin: 0; padding: 0; background: #f5f6f8; color: #171b22; }
        .mail { max-width: 36rem; margin: 0 auto; padding: 1.5rem 1.25rem; background: #ffffff; border-top: 4px solid {{accent}};
          font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; overflow-wrap: anywhere; }
        a { color: {{accent}}; }
        p { margin: 0 0 1em; }
        .from { font-weight: 600; }
        .from img { vertical-align: middle; max-width: 10rem; }
        .go a { display: inline-block; padding: .7em 1.2em; border-radius: .4em; font-weight: 600; text-decoration: none; background: {{accent}}; color: #ffffff; }
        blockquote { margin: 0 0 1em; padding-inline-start: 1em; border-inline-start: 3px solid #d9dde3; }
        table { border-collapse: collapse; } td, th { border: 1px solid #d9dde3; padding: .3em .6em; text-align: start; }
        .foot { margin-top: 2em; padding-top: 1em; border-top: 1px solid #d9dde3; color: #545d6b; font-size: 14px; }
        @media (prefers-color-scheme: dark) {
          body { background: #0e1116; color: #e7ebf0; }
          .mail { background: #161b22; border-top-color: {{accent.ForDark}}; }
          a { color: {{accent.ForDark}}; }
          .go a { background: {{accent.ForDark}}; color: {{AccentColor.InkForDark}}; }
          blockquote, td, th, .foot { border-color: #2d3642; }
          .foot { color: #a3adba; }
        }
        @media print {
          body, .mail { background: none; color: #000000; } .mail { max-width: none; padding: 0; border: 0; }
          .go a { background: none !important; color: #000000 !important; padding: 0 !important; text-decoration: underline !important; }
        }
        """;

    /// <summary>A paragraph that is a link in words and nothing else: what the mail is for.</summary>
    [GeneratedRegex("<p>(<a [^>]*>(?!https?:)[^<]*</a>)</p>")]
    private static partial Regex OnlyALink();

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}

/// <param name="Text">The plain body.</param>
/// <param name="Html">A whole document.</param>
/// <param name="Logo">A PNG that goes with it as the part <see cref="LogoId"/>; null without one.</param>
public sealed record MailBody(string Text, string Html, ReadOnlyMemory<byte>? Logo)
{
    /// <summary>The Content-ID of the logo (RFC 2392).</summary>
    public const string LogoId = "logo";
}
