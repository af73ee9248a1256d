using System.Collections.Frozen;
using System.Collections.Immutable;
using PixelPipeline.Signing;

namespace PixelPipeline.Events.Sources;

/// <summary>All columns that the log entry fills. A schema chooses among them by name; what it does not name costs nothing.</summary>
public sealed class ColumnSources
{
    private readonly FrozenDictionary<string, ColumnSource> _byName;

    /// <summary>Makes the sources.</summary>
    /// <param name="options">What they need beside the entry.</param>
    public ColumnSources(SourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        All =
        [
            new IdSource(),
            new TimeSource(),
            new SiteSource(),
            new RefererSource(),
            new UserAgentSource(),
            new AgentClassSource(),
            new BrowserSource(),
            new OsSource(),
            new DeviceSource(),
            new VisitorSource(options.VisitorSecret),
            new CountrySource(options.CountryOf),
            new RemoteIpSource(options.RemoteIp),
            new SignatureSource(),
        ];
        Signing = options.Signing;
        _byName = All.ToFrozenDictionary(s => s.Name);
    }

    /// <summary>The sources where nothing beside the entry is given.</summary>
    public static ColumnSources Default { get; } = new(new SourceOptions());

    /// <summary>How hits are signed; null where nobody looks at signatures.</summary>
    internal SigningRule? Signing { get; }

    /// <summary>In the order in which people read about them.</summary>
    internal ImmutableArray<ColumnSource> All { get; }

    /// <summary>The source of the column of this name; null where the column is an attribute.</summary>
    internal ColumnSource? Find(string columnName) => _byName.GetValueOrDefault(columnName);
}
