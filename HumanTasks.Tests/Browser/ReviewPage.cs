using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>The page behind a review link, as a person uses it.</summary>
internal sealed partial class ReviewPage(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Problems => page.Locator("#problems");

    public async Task<ReviewPage> OpenAsync(Uri address)
    {
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Load });
        return this;
    }

    public Task ChooseAsync(string label) => page.GetByLabel(label, new() { Exact = true }).CheckAsync();

    public Task FillAsync(string label, string value) => page.GetByLabel(label).FillAsync(value);

    public Task AttachAsync(string label, string fileName, byte[] bytes) => page.GetByLabel(label).SetInputFilesAsync(new FilePayload
    {
        Name = fileName,
        MimeType = "application/pdf",
        Buffer = bytes,
    });

    public Task<string> ValueAsync(string label) => page.GetByLabel(label).InputValueAsync();

    public Task SendAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>Comes back when the page is there that follows an accepted answer.</summary>
    public async Task<ReceiptPage> ReceiptAsync()
    {
        await Assertions.Expect(page).ToHaveURLAsync(ReceiptAddress());
        await page.WaitForLoadStateAsync();
        return new ReceiptPage(page);
    }

    [GeneratedRegex("/review/[^/]+/responses/[^/]+$")]
    private static partial Regex ReceiptAddress();
}
