using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>What a person has in hand after answering.</summary>
internal sealed class ReceiptPage(IPage page)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator State => page.Locator("[data-state-text]");

    public ILocator CorrelationId => page.Locator("[data-copy-text]");
}
