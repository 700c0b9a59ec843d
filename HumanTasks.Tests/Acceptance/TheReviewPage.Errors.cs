using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using HumanTasks.Tests.Hosting.Http;

namespace HumanTasks.Tests.Acceptance;

public partial class TheReviewPage
{
    [Fact]
    public async Task Errors_keep_every_value_and_every_file()
    {
        var asked = await Api.InterveneAsync(form: EveryField);
        var page = Fill(await Person.OpenAsync(asked.Path))
            .Fill("number", "many").Fill("email", "nobody").Fill("line", "").Fill("radio", "b");

        var wrong = (await Person.SendAsync(page)).Is(422);

        Assert.Equal(4, wrong.Problems.Count);
        Assert.Equal("many", wrong.Value("number"));
        Assert.Equal("nobody", wrong.Value("email"));
        Assert.Equal("one\ntwo", wrong.Value("area").ReplaceLineEndings("\n"));
        Assert.Equal("2027-01-31", wrong.Value("date"));
        Assert.Equal("2027-01-31T08:15", wrong.Value("dateTime"));
        Assert.Equal("b", wrong.Value("dropdown"));
        Assert.Equal("b", wrong.Value("radio"));
        Assert.Equal("a,b", wrong.Value("multi"));
        Assert.Equal("true", wrong.Value("answer"));
        Assert.Contains("Beleg.pdf", wrong.Text, StringComparison.Ordinal);

        // the second try says nothing of the file, and the file is there
        wrong.Fill("number", "12,75").Fill("email", "ada@example.com").Fill("line", "now").Fill("why", "because");
        await Person.SendAndFollowAsync(wrong);
        var values = (await Api.TaskAsync(asked.TaskId))["/responses/0/values"];
        Assert.Equal("Beleg.pdf", values.Text("/receipt/name"));
        Assert.Equal(Pdf.Length, values.Number("/receipt/size"));
        Assert.Equal(12.75m, values.At("/number")!.GetValue<decimal>());
        Assert.Equal("because", values.Text("/why"));
    }

    [Fact]
    public async Task The_summary_of_errors_leads_to_the_fields_and_the_fields_say_what_is_wrong()
    {
        var asked = await Api.InterveneAsync(form: EveryField);
        var page = (await Person.OpenAsync(asked.Path)).Fill("line", "").Fill("email", "nobody");

        var wrong = (await Person.SendAsync(page)).Is(422);

        var links = wrong.Document.QuerySelectorAll<IHtmlAnchorElement>("#problems a").ToArray();
        Assert.Equal(3, links.Length);
        foreach (var link in links)
        {
            var target = wrong.The(link.GetAttribute("href")!);
            Assert.Contains(target.LocalName, new[] { "input", "textarea", "select" });
            var described = Described(wrong, target) + Described(wrong, target.Closest("fieldset") ?? target);
            Assert.Contains(link.TextContent.Trim(), described, StringComparison.Ordinal);
            Assert.Equal("true", target.GetAttribute("aria-invalid") ?? target.Closest("fieldset")?.GetAttribute("aria-invalid"));
        }

        Assert.Equal("-1", wrong.The("#problems").GetAttribute("tabindex"));
        Assert.True(wrong.The("#problems").HasAttribute("autofocus"));
        Assert.StartsWith("Error", wrong.Document.Title, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kept_file_can_be_replaced_and_removed()
    {
        var asked = await Api.InterveneAsync("\"maxUses\": 2,", EveryField);
        var wrong = (await Person.SendAsync(Fill(await Person.OpenAsync(asked.Path)).Fill("line", ""))).Is(422);

        await Person.SendAndFollowAsync(wrong.Fill("line", "x").Choose("receipt", "Other.pdf", [.. Pdf, 10]));

        var values = (await Api.TaskAsync(asked.TaskId))["/responses/0/values"];
        Assert.Equal("Other.pdf", values.Text("/receipt/name"));
        wrong = (await Person.SendAsync(Fill(await Person.OpenAsync(asked.Path)).Fill("line", ""))).Is(422);
        wrong.Document.QuerySelector<IHtmlInputElement>("input[type=checkbox][name^=_remove]")!.IsChecked = true;
        await Person.SendAndFollowAsync(wrong.Fill("line", "x"));
        Assert.Null((await Api.TaskAsync(asked.TaskId))["/responses/1/values/receipt"]);
    }

    [Fact]
    public async Task A_kept_file_that_we_did_not_hand_out_is_no_file()
    {
        var asked = await Api.InterveneAsync(form: EveryField);
        var wrong = (await Person.SendAsync(Fill(await Person.OpenAsync(asked.Path)).Fill("line", ""))).Is(422);
        var kept = wrong.Document.QuerySelector<IHtmlInputElement>("input[type=hidden][name^=_kept]")!;
        kept.Value = kept.Value.Replace("Beleg.pdf", "Other.pdf", StringComparison.Ordinal);

        await Person.SendAndFollowAsync(wrong.Fill("line", "x"));

        Assert.Null((await Api.TaskAsync(asked.TaskId))["/responses/0/values/receipt"]);
    }
}
