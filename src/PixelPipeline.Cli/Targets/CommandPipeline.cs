using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;
using Microsoft.Extensions.Logging;
using PixelPipeline.Events;
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

    public CommandPipeline(BigQueryClient client, PipelineSettings settings, EventSchema schema, TableLayout layout)
    {
        Client = client;
        DatasetId = settings.Get(PipelineSetting.Dataset);
        Schema = schema;
        Layout = layout;
        PixelPath = settings.Get(PipelineSetting.PixelPath);
        Processor = new PixelProcessor(schema, layout, PixelPath);
        var newTables = new NewTableLimits(settings.Get(PipelineSetting.NewTablesPerSecond), PerDay: int.MaxValue); // the budget is against strangers
        _rowWriter = new BigQueryRowWriter(client, DatasetId, layout, newTables, Meter, TimeProvider.System, _logs.CreateLogger<BigQueryRowWriter>());
        _setup = new TableSetup(client, settings, schema, layout, Meter, TimeProvider.System, _logs.CreateLogger<TableSetup>());
        Writer = new GroupCommitWriter(_rowWriter, new GroupCommitLimits(), Meter, TimeProvider.System);
    }

    public BigQueryClient Client { get; }

    public string DatasetId { get; }

    public EventSchema Schema { get; }

    public TableLayout Layout { get; }

    public string PixelPath { get; }

    public PixelProcessor Processor { get; }

    public GroupCommitWriter Writer { get; }

    public PipelineMeter Meter { get; } = new();

    /// <summary>Handles entries as the function handles live ones.</summary>
    public EntryHandler NewHandler() => new(Processor, Writer, Layout, Meter, TimeProvider.System);

    /// <summary>Loads the one event table of the partitioned layout.</summary>
    public TableLoader NewLoader() => new(Client, DatasetId, new TableName(Layout.BaseTable), Meter, TimeProvider.System, _logs.CreateLogger<TableLoader>());

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
        try
        {
            await _setup.EnsureAsync(cancellationToken);
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
