using System.CommandLine;
using System.CommandLine.Parsing;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Options;
using PixelPipeline.Forgetting;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Local;
using PixelPipeline.Privacy.Lists;
using PixelPipeline.Settings;
using PixelPipeline.Tables;

namespace PixelPipeline.Cli.Targets;

/// <summary>The options of the commands that process entries themselves, as the function would.</summary>
internal sealed class PipelineOptions
{
    private readonly BigQueryOptions _bigQuery = new();
    private readonly TableOptions _tables = new();
    private readonly Option<string> _data = CommonOptions.Data();

    /// <summary>Gives a command all of these options.</summary>
    public void AddTo(Command command)
    {
        _bigQuery.AddTo(command);
        _tables.AddTo(command);
        command.Options.Add(_data);
    }

    /// <summary>The data folder of the pipeline on this machine.</summary>
    public DataFolder DataOf(ParseResult arguments) => new(arguments.GetValue(_data)!);

    /// <summary>True where the arguments name a Google Cloud project.</summary>
    public bool IsGoogles(CommandResult arguments) => _bigQuery.IsGoogles(arguments);

    /// <summary>The Google Cloud project; null for the local BigQuery.</summary>
    public string? ProjectOf(ParseResult arguments) => _bigQuery.ProjectOf(arguments);

    /// <summary>Where the local BigQuery is, <c>HOST:PORT</c>.</summary>
    public string HostOf(ParseResult arguments) => _bigQuery.HostOf(arguments);

    /// <summary>Builds the pipeline that the arguments name, as if its tables were yet to be made.</summary>
    /// <exception cref="CommandException">Schema, suffix or endpoint are none; the message names the flag.</exception>
    public CommandPipeline Build(ParseResult arguments)
    {
        var client = _bigQuery.Connect(arguments);
        return Build(client, SettingsOf(arguments, client.ProjectId), ForgottenUsers.None);
    }

    /// <summary>Likewise, without asking any BigQuery; on this machine it ignores the entries of users who were forgotten.</summary>
    /// <exception cref="CommandException">Schema, suffix or endpoint are none, or the forget list cannot be read.</exception>
    public async Task<CommandPipeline> BuildUnaskedAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var client = _bigQuery.Connect(arguments);
        var settings = SettingsOf(arguments, client.ProjectId);
        return Build(client, settings, ProjectOf(arguments) is null ? await ForgottenAsync(ForgetListOf(arguments, client, settings), cancellationToken) : ForgottenUsers.None);
    }

    /// <summary>Builds the pipeline that the arguments name, in the layout of the tables that there are. It ignores the entries of users who were forgotten.</summary>
    /// <exception cref="CommandException">
    /// Schema, suffix or endpoint are none, or layout or suffix other than the tables'; the message names the flag. Or the
    /// forget list cannot be read.
    /// </exception>
    public async Task<CommandPipeline> BuildAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var client = _bigQuery.Connect(arguments);
        var settings = await SettleAsync(arguments, client, cancellationToken);
        return Build(client, settings, await ForgottenAsync(ForgetListOf(arguments, client, settings), cancellationToken));
    }

    /// <summary>Who must not come back: beside Google's tables a table, on this machine a file of the data folder.</summary>
    public ForgetList ForgetListOf(ParseResult arguments, CommandPipeline pipeline) => ForgetListOf(arguments, pipeline.Client, pipeline.DatasetId, pipeline.Layout.BaseTable);

    private ForgetList ForgetListOf(ParseResult arguments, BigQueryClient client, PipelineSettings settings) =>
        ForgetListOf(arguments, client, settings.Get(PipelineSetting.Dataset), settings.Get(PipelineSetting.Table));

    private ForgetList ForgetListOf(ParseResult arguments, BigQueryClient client, string datasetId, string baseTable) => ProjectOf(arguments) is null
        ? new ForgetListFile(DataOf(arguments).ForgottenFile)
        : new ForgetListTable(client, client.GetTableReference(datasetId, ForgetListTable.IdOf(baseTable)));

    private static async Task<ForgottenUsers> ForgottenAsync(ForgetList list, CancellationToken cancellationToken)
    {
        try
        {
            return await list.ReadAsync(cancellationToken);
        }
        catch (ForgetListException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    /// <summary>The layout of the tables that there are, or of those that would be made.</summary>
    /// <exception cref="CommandException">Layout or suffix other than the tables'; the message names the flag.</exception>
    public async Task<TableLayout> LayoutAsync(ParseResult arguments, CancellationToken cancellationToken) =>
        TableOptions.Read(await SettleAsync(arguments, _bigQuery.Connect(arguments), cancellationToken)).Layout;

    private async Task<PipelineSettings> SettleAsync(ParseResult arguments, BigQueryClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await LayoutChoice.SettleAsync(client, SettingsOf(arguments, client.ProjectId), cancellationToken);
        }
        catch (TableSetupException e)
        {
            throw new CommandException(e.Message, e);
        }
    }

    /// <summary>Builds the pipeline that the arguments name, but in another layout.</summary>
    /// <param name="arguments">All the rest.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="suffix">How its tables for each user and day are named; null for what the arguments say.</param>
    /// <exception cref="CommandException">Schema, suffix or endpoint are none; the message names the flag.</exception>
    public CommandPipeline Build(ParseResult arguments, LayoutName layout, string? suffix)
    {
        var client = _bigQuery.Connect(arguments);
        var settings = SettingsOf(arguments, client.ProjectId).With(PipelineSetting.Layout, layout.ToString());
        return Build(client, suffix is null ? settings : settings.With(PipelineSetting.TableSuffix, suffix), ForgottenUsers.None);
    }

    // What goes into the local BigQuery has the visitors that `pixel up` gave and gives.
    private PipelineSettings SettingsOf(ParseResult arguments, string project)
    {
        var settings = _tables.SettingsOf(arguments, project);
        try
        {
            return ProjectOf(arguments) is null ? VisitorSecretFile.Settle(DataOf(arguments), settings) : settings;
        }
        catch (StartFailedException e)
        {
            throw DataOptions.Explain(e);
        }
    }

    private static CommandPipeline Build(BigQueryClient client, PipelineSettings settings, ForgottenUsers forgotten)
    {
        var (schema, layout) = TableOptions.Read(settings);
        return new CommandPipeline(client, settings, schema, layout, forgotten);
    }
}
