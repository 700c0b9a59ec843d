using System.Xml.Linq;
using Azure.Data.Tables;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HumanTasks.Functions.Storage;

/// <summary>
/// The shared data-protection keys, which make cookies and antiforgery tokens of one instance valid on all.
/// </summary>
internal sealed class TableXmlRepository(StorageTables tables) : IXmlRepository
{
    private const string Partition = "keys";
    private const string Xml = "Xml";

    public IReadOnlyCollection<XElement> GetAllElements() =>
    [
        .. tables.Keys
            .Query<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {Partition}"))
            .Select(entity => XElement.Parse(entity.GetString(Xml))),
    ];

    public void StoreElement(XElement element, string friendlyName) => tables.Keys.UpsertEntity(
        new TableEntity(Partition, Key.Of(friendlyName)) { [Xml] = element.ToString(SaveOptions.DisableFormatting) },
        TableUpdateMode.Replace);
}
