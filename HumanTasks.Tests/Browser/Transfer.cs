using Microsoft.Playwright;

namespace HumanTasks.Tests.Browser;

/// <summary>Counts the bytes that a page transfers, heads and bodies, as the browser itself counts them.</summary>
internal sealed class Transfer
{
    private long bytes;

    public long Bytes => Interlocked.Read(ref bytes);

    public static async Task<Transfer> OfAsync(IPage page)
    {
        var transfer = new Transfer();
        var session = await page.Context.NewCDPSessionAsync(page);
        session.Event("Network.loadingFinished").OnEvent += (_, finished) => Interlocked.Add(
            ref transfer.bytes, (long)finished!.Value.GetProperty("encodedDataLength").GetDouble());
        await session.SendAsync("Network.enable", new Dictionary<string, object>());
        return transfer;
    }
}
