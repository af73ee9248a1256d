using System.Collections.Frozen;
using System.Collections.Immutable;

namespace PixelPipeline.Events.Sources;

/// <summary>All columns that the log entry fills. A schema chooses among them by name; what it does not name costs nothing.</summary>
public sealed class ColumnSources
{
    private readonly FrozenDictionary<string, ColumnSource> _byName;

    private ColumnSources()
    {
        All =
        [
            new IdSource(),
            new TimeSource(),
            new UserAgentSource(),
            new RefererSource(),
            new RemoteIpSource(),
        ];
        _byName = All.ToFrozenDictionary(s => s.Name);
    }

    /// <summary>The sources where no setting says otherwise.</summary>
    public static ColumnSources Default { get; } = new();

    /// <summary>In the order in which people read about them.</summary>
    internal ImmutableArray<ColumnSource> All { get; }

    /// <summary>The source of the column of this name; null where the column is an attribute.</summary>
    internal ColumnSource? Find(string columnName) => _byName.GetValueOrDefault(columnName);
}
