namespace HumanTasks.Functions.Storage;

/// <summary>The storage of values too large for an entity. A value is written once and never changed.</summary>
internal interface ILargeValues
{
    Task PutAsync(string name, ReadOnlyMemory<byte> value, CancellationToken cancellationToken);

    /// <summary>Returns the value. A missing one is an error, because its name was read from a record.</summary>
    Task<ReadOnlyMemory<byte>> GetAsync(string name, CancellationToken cancellationToken);

    Task DeleteAllAsync(string prefix, CancellationToken cancellationToken);
}
