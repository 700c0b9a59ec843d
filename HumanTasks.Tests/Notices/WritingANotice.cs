using System.Text.Json.Nodes;
using HumanTasks.Core.Environments;
using HumanTasks.Core.Notices;
using HumanTasks.Core.Runs;
using HumanTasks.Core.Tasks;
using HumanTasks.Tests.Storage;
using HumanTasks.Web.Mail;
using HumanTasks.Web.Settings;

namespace HumanTasks.Tests.Notices;

/// <summary>What people are told, in our words or in those of who operates an environment.</summary>
public sealed class WritingANotice
{
    private const string Link = "https://tasks.example/task/TOKEN";

    private static readonly RunEnvironment Acme = new("acme", "Acme & Sons", Tier.Dedicated, null, TimeSpan.FromDays(30), true);

    public static TheoryData<NoticeKind> Kinds() => new(Enum.GetValues<NoticeKind>());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_says_who_asks_and_for_what_and_only_who_is_to_answer_gets_the_link(NoticeKind kind)
    {
        var mail = Write(kind);

        Assert.NotNull(mail.Text);
        Assert.Contains("Acme & Sons", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Approve *this*", mail.Text, StringComparison.Ordinal);
        Assert.Contains(@"Approve \*this\*", mail.Markdown, StringComparison.Ordinal);
        Assert.Equal(kind is not (NoticeKind.Overdue or NoticeKind.Expired or NoticeKind.Outcome), mail.Text.Contains(Link, StringComparison.Ordinal));
        Assert.DoesNotContain("this", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("{", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_takes_the_place_of_our_words_with_what_it_names()
    {
        var mail = Write(NoticeKind.Assigned, (_, kind, language) => kind == "assigned" && language == "en"
            ? "Subject: Please look, {{reference}}\n\n# {{title}}\n\n[Go]({{link}}) until {{until}}{{note}}"
            : null);

        Assert.StartsWith("Please look, ", mail.Subject, StringComparison.Ordinal);
        Assert.StartsWith($"Approve *this*\n\nGo <{Link}> until ", MailBodies.PlainOf(mail), StringComparison.Ordinal);
        Assert.Contains($"[Go](<{Link}>)", mail.Markdown, StringComparison.Ordinal);
        Assert.Contains(@"# Approve \*this\*", mail.Markdown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hello", "first line")]
    [InlineData("Subject: \n\nx", "first line")]
    [InlineData("Subject: x\n\n{{titel}}", "titel")]
    [InlineData("Subject: {{title\n\nx", "}}")]
    public void A_template_that_cannot_be_meant_is_named_when_the_host_starts(string text, string says) =>
        Assert.Contains(says, NoticeTemplates.ProblemOf(text), StringComparison.Ordinal);

    [Fact]
    public void Of_configuration_and_folder_the_one_nearest_to_the_reader_is_used()
    {
        var folder = Directory.CreateTempSubdirectory("humantasks-templates-").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "acme"));
            File.WriteAllText(Path.Combine(folder, "reminder.md"), "Subject: any\n\nany");
            File.WriteAllText(Path.Combine(folder, "reminder.de.md"), "Subject: de\n\nde");
            File.WriteAllText(Path.Combine(folder, "acme", "reminder.md"), "Subject: acme\n\nacme");
            var options = new HumanTasksOptions { MailTemplates = folder };
            options.Environments.Add(new EnvironmentOptions { Id = "acme" });
            options.Environments.Add(new EnvironmentOptions { Id = "globex" });
            options.Environments[1].MailTemplates["reminder"] = new() { ["en"] = "Subject: own\n\nown" };
            var templates = new MailTemplates(options);

            Assert.Equal("Subject: acme\n\nacme", templates.Find("acme", "reminder", "de"));
            Assert.Equal("Subject: de\n\nde", templates.Find("initech", "reminder", "de"));
            Assert.Equal("Subject: any\n\nany", templates.Find("initech", "reminder", "fr"));
            Assert.Equal("Subject: own\n\nown", templates.Find("globex", "reminder", "en"));
            Assert.Null(templates.Find("acme", "assigned", "en"));
            Assert.Empty(MailTemplates.Problems(options));

            File.WriteAllText(Path.Combine(folder, "reminded.md"), "Subject: x\n\nx");
            File.WriteAllText(Path.Combine(folder, "reminder.zh-CN.md"), "Subject: x\n\nx");
            options.Environments[0].MailTemplates["assigned"] = new() { ["en"] = "no subject" };
            Assert.Equal(3, MailTemplates.Problems(options).Count());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("**Hi** _there_ `x`", "Hi there x")]
    [InlineData("# Head\n\nText  \nmore\nand", "Head\n\nText\nmore\nand")]
    [InlineData("- one\n- two\n\n  again\n\n3. three", "- one\n- two\n  again\n\n3. three")]
    [InlineData("> said\n>\n> twice", "> said\n> \n> twice")]
    [InlineData("[Open](https://a.example/x_y) or <https://a.example/x_y>.", "Open <https://a.example/x_y> or https://a.example/x_y.")]
    [InlineData("[Run](javascript:alert(1)) ![seen](https://a.example/p.png)", "Run seen <https://a.example/p.png>")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "a | b\n1 | 2")]
    [InlineData("1 \\* 2 &amp; <b>", "1 * 2 & <b>")]
    [InlineData("    code\n    more", "code\nmore")]
    public void As_plain_text_a_mail_has_no_marks_and_every_address(string markdown, string text) =>
        Assert.Equal(text, MailBodies.PlainOf(new Core.Ports.Email([], [], "", null, markdown, "")));

    [Theory]
    [InlineData(ChannelKind.Teams)]
    [InlineData(ChannelKind.Slack)]
    public void A_card_has_title_facts_and_a_button_that_opens_the_link_and_does_nothing(ChannelKind kind)
    {
        var task = Sample.Task(Sample.Run()).For("ann@example.com").Titled("<!channel> *Pay* [x](https://evil.example)") with { Kind = TaskKind.HumanTask };

        var card = NoticeWriter.Card(task, new Notice(NoticeKind.Assigned, 1, default), Acme, _ => Link).For(kind);

        var json = card.ToJsonString();
        Assert.Contains(Link, json, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Http", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Action.Submit", json, StringComparison.Ordinal);
        if (kind == ChannelKind.Slack)
        {
            Assert.DoesNotContain("<!channel>", (string)card["text"]!, StringComparison.Ordinal);
            Assert.All(Texts(card["blocks"]!), text => Assert.Equal("plain_text", text));
            return;
        }

        var content = card["attachments"]![0]!["content"]!;
        Assert.Equal("Action.OpenUrl", (string?)content["actions"]![0]!["type"]);
        Assert.Equal("RichTextBlock", (string?)content["body"]![0]!["type"]); // whose texts are no Markdown
    }

    private static IEnumerable<string> Texts(JsonNode blocks) => blocks.AsArray()
        .SelectMany(block => (JsonNode?[])[block!["text"], .. block["fields"]?.AsArray() ?? [], .. block["elements"]?.AsArray().Select(one => one!["text"]) ?? []])
        .OfType<JsonNode>()
        .Select(text => (string)text["type"]!);

    private static Core.Ports.Email Write(NoticeKind kind, Func<string, string, string, string?>? templates = null)
    {
        var task = Sample.Task(Sample.Run()).For("ann@example.com").Titled("Approve *this*") with { Kind = TaskKind.HumanTask };
        var writer = new NoticeWriter(new NoticeTemplates(templates ?? ((_, _, _) => null)));
        return writer.Write(TaskView.Of(task), new Notice(kind, 1, default) { To = kind is NoticeKind.Overdue ? "x@example.com" : null }, Acme, Link);
    }
}
