using HumanTasks.Standalone.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace HumanTasks.Tests.Storage;

/// <summary>What a database reports to, where a test does not look at it.</summary>
internal static class Storages
{
    public static StorageState State() => new(TimeProvider.System, NullLogger<StorageState>.Instance);

    public static DamagedRows Damaged() => new(NullLogger<DamagedRows>.Instance);
}
