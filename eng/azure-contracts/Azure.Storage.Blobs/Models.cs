#nullable disable

namespace Azure.Storage.Blobs.Models;

public class BlobContainerInfo
{
    internal BlobContainerInfo()
    {
    }
}

public class BlobContentInfo
{
    internal BlobContentInfo()
    {
    }
}

public class BlobItem
{
    internal BlobItem()
    {
    }

    public string Name { get; internal set; }
}

public class BlobDownloadResult
{
    internal BlobDownloadResult()
    {
    }

    public BinaryData Content { get; internal set; }
}

public class BlobDownloadStreamingResult : IDisposable
{
    internal BlobDownloadStreamingResult()
    {
    }

    public Stream Content { get; internal set; }

    public void Dispose() => Content?.Dispose();
}

public class BlobDownloadOptions;

public class BlobRequestConditions : RequestConditions;

public class BlobContainerEncryptionScopeOptions;

public class BlobDownloadDetails;

public class BlobItemProperties
{
    internal BlobItemProperties()
    {
    }
}

public class ObjectReplicationPolicy
{
    internal ObjectReplicationPolicy()
    {
    }
}

/// <summary>Makes answers for tests.</summary>
public static class BlobsModelFactory
{
    public static BlobItem BlobItem(
        string name = null,
        bool deleted = false,
        BlobItemProperties properties = null,
        string snapshot = null,
        string versionId = null,
        bool? isLatestVersion = default,
        IDictionary<string, string> metadata = null,
        IDictionary<string, string> tags = null,
        List<ObjectReplicationPolicy> objectReplicationSourcePolicies = null,
        bool? hasVersionsOnly = default) =>
        new() { Name = name };

    public static BlobDownloadResult BlobDownloadResult(BinaryData content = default, BlobDownloadDetails details = default) =>
        new() { Content = content };

    public static BlobDownloadStreamingResult BlobDownloadStreamingResult(
        Stream content = default, BlobDownloadDetails details = default) =>
        new() { Content = content };
}

public enum PublicAccessType
{
    None = 0,
    BlobContainer = 1,
    Blob = 2,
}

public enum DeleteSnapshotsOption
{
    None = 0,
    IncludeSnapshots = 1,
    OnlySnapshots = 2,
}

[Flags]
public enum BlobTraits
{
    None = 0,
    CopyStatus = 1,
    Metadata = 2,
    Tags = 4,
    ImmutabilityPolicy = 8,
    LegalHold = 16,
    All = -1,
}

[Flags]
public enum BlobStates
{
    None = 0,
    Snapshots = 1,
    Uncommitted = 2,
    Deleted = 4,
    Version = 8,
    DeletedWithVersions = 16,
    All = -1,
}
