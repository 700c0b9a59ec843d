using System.Text.Json;
using HumanTasks.Core.Links;
using HumanTasks.Core.Ports;

namespace HumanTasks.Web.Studio.Tasks;

/// <summary>The lists that members saved, each member's own in each environment.</summary>
internal sealed class SavedViews(IDocumentStore documents)
{
    public const int MaxViews = 30;
    public const int MaxName = 60;

    private const int MaxRaces = 5;

    public async Task<IReadOnlyList<SavedView>> ListAsync(string address, string environment, CancellationToken cancellationToken) =>
        Read(await documents.FindAsync(OwnerOf(address), environment, cancellationToken));

    /// <summary>Saves a view, in the place of one with the same name. Returns false if there are too many.</summary>
    public Task<bool> SaveAsync(string address, string environment, SavedView view, CancellationToken cancellationToken) =>
        ChangeAsync(address, environment, views => [.. views.Where(one => !IsCalled(one, view.Name)), view], cancellationToken);

    public Task<bool> DeleteAsync(string address, string environment, string name, CancellationToken cancellationToken) =>
        ChangeAsync(address, environment, views => [.. views.Where(one => !IsCalled(one, name))], cancellationToken);

    private async Task<bool> ChangeAsync(
        string address, string environment, Func<IReadOnlyList<SavedView>, IReadOnlyList<SavedView>> change, CancellationToken cancellationToken)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var before = await documents.FindAsync(OwnerOf(address), environment, cancellationToken);
            var after = change(Read(before));
            if (after.Count > MaxViews)
            {
                return false;
            }

            var body = JsonSerializer.SerializeToUtf8Bytes(after, SavedViewJson.Default.IReadOnlyListSavedView);
            if (await documents.PutAsync(before?.With(body) ?? new Document(OwnerOf(address), environment, body), cancellationToken))
            {
                return true;
            }
        }

        throw new StorageUnavailableException("The saved views change too often.");
    }

    private static bool IsCalled(SavedView view, string name) => view.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<SavedView> Read(Document? document) =>
        document is null ? [] : JsonSerializer.Deserialize(document.Body.Span, SavedViewJson.Default.IReadOnlyListSavedView) ?? [];

    private static string OwnerOf(string address) => $"views.{OneTimeCodes.KeyOf(address)}";
}
