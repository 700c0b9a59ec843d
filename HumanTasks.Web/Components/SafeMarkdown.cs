using HumanTasks.Web.Texts;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;

namespace HumanTasks.Web.Components;

/// <summary>
/// Converts untrusted Markdown to HTML: no raw HTML, links only to the web and to mailboxes, images as links so that
/// opening a page contacts no other server.
/// </summary>
public static class SafeMarkdown
{
    private const int MaxHeading = 6;

    /// <summary>Converts a text.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="hosts">The only hosts that links may lead to; null for any.</param>
    public static MarkupString ToHtml(string markdown, IReadOnlyList<string>? hosts = null) =>
        new(BoundedMarkdown.Render(markdown, document => ToHtml(document, hosts)));

    private static string ToHtml(MarkdownDocument document, IReadOnlyList<string>? hosts)
    {
        foreach (var link in document.Descendants<LinkInline>().ToArray())
        {
            link.IsImage = false;
            if (IsSafe(link.GetDynamicUrl?.Invoke() ?? link.Url, hosts))
            {
                link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
            }
            else
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => hosts is not null || !link.IsEmail).ToArray())
        {
            if (IsSafe(link.Url, hosts))
            {
                link.GetAttributes().AddPropertyIfNotExist("rel", "noopener noreferrer nofollow");
            }
            else
            {
                link.ReplaceBy(new LiteralInline(link.Url));
            }
        }

        foreach (var heading in document.Descendants<HeadingBlock>())
        {
            heading.Level = Math.Min(heading.Level + 1, MaxHeading); // the page's title is the only h1
        }

        foreach (var code in document.Descendants<CodeBlock>())
        {
            code.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
        }

        using var html = new StringWriter { NewLine = "\n" };
        var renderer = new HtmlRenderer(html);
        BoundedMarkdown.Pipeline.Setup(renderer);
        if (renderer.ObjectRenderers.FindExact<CodeBlockRenderer>() is { } blocks)
        {
            blocks.OutputAttributesOnPre = true; // it scrolls, and must do so by keyboard too
        }

        renderer.ObjectRenderers.Replace<HtmlTableRenderer>(new ScrollingTable());
        renderer.Render(document);
        return html.ToString();
    }

    internal static bool IsSafe(string? url, IReadOnlyList<string>? hosts) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (hosts is null || hosts.Contains(address.Host, StringComparer.OrdinalIgnoreCase))
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeMailto);

    /// <summary>A table in a box of its own that scrolls, also by keyboard, so that the page never does.</summary>
    private sealed class ScrollingTable : HtmlTableRenderer
    {
        protected override void Write(HtmlRenderer renderer, Table table)
        {
            renderer.EnsureLine().Write("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
                .WriteEscape(ReviewTexts.Get("Table")).Write("\">");
            base.Write(renderer, table);
            renderer.WriteLine("</div>");
        }
    }
}
