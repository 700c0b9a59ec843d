using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;

namespace HumanTasks.Core.Notices;

/// <summary>
/// A card that announces a task in a channel: a title, facts, and buttons that only open links. All texts are plain; a
/// title cannot become markup.
/// </summary>
internal sealed record NoticeCard(
    string Title, string Text, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<(string Label, string Address)> Buttons)
{
    private const int MaxHeader = 150; // of Slack's header block
    private const int MaxFields = 10; // of Slack's section block
    private const int MaxButtons = 6; // of an Adaptive Card; Slack allows more

    /// <summary>Returns the card for a kind of channel, as the body of a POST to its webhook.</summary>
    public JsonObject For(ChannelKind kind) => kind switch
    {
        ChannelKind.Teams => Teams(),
        ChannelKind.Slack => Slack(),
        _ => throw new InvalidOperationException($"Unknown channel {kind}."),
    };

    /// <summary>Returns an Adaptive Card, version 1.4, as a workflow with an incoming webhook accepts it.</summary>
    private JsonObject Teams() => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject
        {
            ["contentType"] = "application/vnd.microsoft.card.adaptive",
            ["content"] = new JsonObject
            {
                ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                ["type"] = "AdaptiveCard",
                ["version"] = "1.4",
                ["body"] = new JsonArray(
                    new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = Title, ["size"] = "Large", ["weight"] = "Bolder" }) },
                    new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(new JsonObject { ["type"] = "TextRun", ["text"] = Text }) },
                    new JsonObject
                    {
                        ["type"] = "FactSet",
                        ["facts"] = new JsonArray([.. Facts.Select(fact => new JsonObject { ["title"] = fact.Name, ["value"] = WithoutMarkup(fact.Value) })]),
                    }),
                ["actions"] = new JsonArray([.. Buttons.Take(MaxButtons).Select(button => new JsonObject
                {
                    ["type"] = "Action.OpenUrl", ["title"] = button.Label, ["url"] = button.Address,
                })]),
            },
        }),
    };

    /// <summary>Returns Block Kit blocks, with a text for notifications.</summary>
    private JsonObject Slack()
    {
        var blocks = new JsonArray(
            new JsonObject { ["type"] = "header", ["text"] = Plain(Cut(Title)) },
            new JsonObject { ["type"] = "section", ["text"] = Plain(Text) },
            new JsonObject
            {
                ["type"] = "section",
                ["fields"] = new JsonArray([.. Facts.Take(MaxFields).Select(fact => Plain($"{fact.Name}\n{fact.Value}"))]),
            });
        if (Buttons.Count > 0)
        {
            blocks.Add(new JsonObject
            {
                ["type"] = "actions",
                ["elements"] = new JsonArray([.. Buttons.Take(MaxButtons).Select(button => new JsonObject
                {
                    ["type"] = "button", ["text"] = Plain(Cut(button.Label, 75)), ["url"] = button.Address,
                })]),
            });
        }

        return new JsonObject { ["text"] = Escaped($"{Title}\n{Text}"), ["blocks"] = blocks };
    }

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false };

    private static string Cut(string text, int max = MaxHeader) => Texts.ShortText.Cut(text, max);

    /// <summary>Escapes the three characters that start markup and mentions in a Slack text.</summary>
    private static string Escaped(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Escapes a fact, which Teams reads as Markdown.</summary>
    private static string WithoutMarkup(string text) => Expressions.Template.Plain(text);
}
