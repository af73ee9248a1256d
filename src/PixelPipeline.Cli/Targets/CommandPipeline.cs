using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Events;
using PixelPipeline.Forgetting;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.GoogleCloud.BigQuery.Loading;
using PixelPipeline.Settings;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Targets;

/// <summary>The pipeline inside a command: the core and the BigQuery adapter, as the function has them.</summary>
internal sealed class CommandPipeline : IDisposable
{
    private readonly ILoggerFactory _logs = ConsoleLog.Create(LogLevel.Warning);
    private readonly BigQueryRowWriter _rowWriter;
    private readonly TableSetup _setup;

    public CommandPipeline(BigQueryClient client, PipelineSettings settings, EventSchema schema, TableLayout layout, ForgottenUsers? forgotten = null)
    {
        Client = client;
        DatasetId = settings.Get(PipelineSetting.Dataset);
        Schema = schema;
        Layout = layout;
        PixelPath = settings.Get(PipelineSetting.PixelPath);
        Processor = new PixelProcessor(schema, layout, PixelPath, forgotten);
        var newTables = new NewTableLimits(settings.Get(PipelineSetting.NewTablesPerSecond), PerDay: int.MaxValue); // the budget is against strangers
        _rowWriter = new BigQueryRowWriter(client, DatasetId, layout, newTables, Meter, TimeProvider.System, _logs.CreateLogger<BigQueryRowWriter>(), settings.Get(PipelineSetting.EventsDays));
        _setup = new TableSetup(client, settings, schema, layout, Meter, TimeProvider.System, _logs.CreateLogger<TableSetup>());
        Writer = new GroupCommitWriter(_rowWriter, new GroupCommitLimits(), Meter, TimeProvider.System);
        Events = new LayoutWriter(Writer, layout, Meter, TimeProvider.System);
    }

    public BigQueryClient Client { get; }

    public string DatasetId { get; }

    public EventSchema Schema { get; }

    public TableLayout Layout { get; }

    public string PixelPath { get; }

    public PixelProcessor Processor { get; }

    /// <summary>Commits a row in one table.</summary>
    public GroupCommitWriter Writer { get; }

    /// <summary>Commits an event in every table of the layout.</summary>
    public LayoutWriter Events { get; }

    /// <summary>Which tables hold events.</summary>
    public TableInventory Inventory => new(Client, DatasetId, Layout.BaseTable);

    public PipelineMeter Meter { get; } = new();

    /// <summary>Handles entries as the function handles live ones.</summary>
    public EntryHandler NewHandler() => new(Processor, Writer, Layout, Meter, TimeProvider.System);

    /// <summary>Loads a table.</summary>
    public TableLoader NewLoader(TableName table) => new(Client, DatasetId, table, Meter, TimeProvider.System, _logs.CreateLogger<TableLoader>());

    /// <summary>Makes the table of all events where it is missing, whatever layout the base table says.</summary>
    /// <exception cref="CommandException">It cannot be had.</exception>
    public Task EnsureAllEventsAsync(CancellationToken cancellationToken) => CallAsync(() => _setup.EnsureAllEventsAsync(cancellationToken));

    /// <summary>Makes the base table anew where it is of another layout's kind; it must hold nothing.</summary>
    /// <exception cref="CommandException">It cannot be had.</exception>
    public Task RemakeBaseTableAsync(CancellationToken cancellationToken) => CallAsync(() => _setup.RemakeBaseTableAsync(cancellationToken));

    /// <summary>Writes this layout on the base table, whatever it says.</summary>
    /// <exception cref="CommandException">It cannot be written.</exception>
    public Task RecordLayoutAsync(CancellationToken cancellationToken) => CallAsync(() => _setup.RecordAsync(cancellationToken));

    /// <summary>False before anything was written.</summary>
    public async Task<bool> HasDatasetAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Client.GetDatasetAsync(DatasetId, cancellationToken: cancellationToken);
            return true;
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Makes sure that the base tables are there.</summary>
    /// <exception cref="CommandException">They cannot be had.</exception>
    public async Task EnsureTablesAsync(CancellationToken cancellationToken)
    {
        await HasDatasetAsync(cancellationToken); // what does not answer at all is told at once, and not after many tries
        await CallAsync(() => _setup.EnsureAsync(cancellationToken));
    }

    /// <summary>Makes or renews the views, once there is a table that they can read; warns where BigQuery refuses, as it does beyond 1,000 tables.</summary>
    public Task EnsureViewsAsync(CancellationToken cancellationToken) => new ViewSetup(Client, DatasetId, Layout).TryEnsureAsync(_logs.CreateLogger("Views"), cancellationToken);

    private static async Task CallAsync(Func<Task> setUp)
    {
        try
        {
            await setUp();
        }
        catch (TableSetupException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    public void Dispose()
    {
        _rowWriter.Dispose();
        Client.Dispose();
        Meter.Dispose();
        _logs.Dispose();
    }
}
