using System.Diagnostics;
using Google.Api.Gax;
using Google.Apis.Bigquery.v2;
using Google.Apis.Bigquery.v2.Data;
using Google.Apis.Http;

namespace Google.Cloud.BigQuery.V2;

internal sealed partial class RestBigQueryClient
{
    private static readonly TimeSpan DefaultQueryTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(1);

    public override PagedAsyncEnumerable<TableDataList, BigQueryRow> ListRowsAsync(
        TableReference tableReference, TableSchema schema, ListRowsOptions options)
    {
        ArgumentNullException.ThrowIfNull(tableReference);

        // As in the real client: the schema is fetched here, before the enumeration, and therefore blocking.
        var rowSchema = schema?.Fields?.Count > 0
            ? schema
            : GetTableAsync(tableReference, null, CancellationToken.None).GetAwaiter().GetResult().Schema;
        var integerTimestamps = options?.UseInt64Timestamp ?? true;
        return RestPages<TableDataList, BigQueryRow>.Of(
            () => Retriable(new BigqueryRequest<TableDataList>(service, HttpConsts.Get, BigqueryPaths.Rows)
            {
                ProjectId = tableReference.ProjectId,
                DatasetId = tableReference.DatasetId,
                TableId = tableReference.TableId,
                MaxResults = options?.PageSize,
                PageToken = options?.PageToken,
                StartIndex = options?.StartIndex,
                SelectedFields = schema?.Fields?.Count > 0 ? string.Join(',', schema.Fields.Select(field => field.Name)) : null,
                UseInt64Timestamp = integerTimestamps,
                PrettyPrint = prettyPrint,
            }),
            page => page.PageToken,
            page => page.Rows?.Select(row => new BigQueryRow(row, rowSchema, integerTimestamps)));
    }

    public override async Task<BigQueryJob> CreateQueryJobAsync(
        string sql, IEnumerable<BigQueryParameter> parameters, QueryOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var job = new Job
        {
            // The id makes it safe to send the call twice.
            JobReference = new JobReference { ProjectId = projectId, JobId = $"job_{Guid.NewGuid():N}", Location = defaultLocation },
            Configuration = new JobConfiguration { Query = QueryOf(sql, parameters?.ToList(), options), Labels = options?.Labels },
        };
        var request = Retriable(new BigqueryRequest<Job>(service, HttpConsts.Post, BigqueryPaths.Jobs, job)
        {
            ProjectId = projectId,
            PrettyPrint = prettyPrint,
        });
        return new BigQueryJob(this, await request.ExecuteAsync(cancellationToken));
    }

    internal override async Task<BigQueryResults> GetQueryResultsAsync(
        BigQueryJob job, GetQueryResultsOptions options, CancellationToken cancellationToken)
    {
        var query = job.Resource.Configuration?.Query ?? throw new InvalidOperationException("The job is no query.");
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = (options?.Timeout ?? DefaultQueryTimeout) - Stopwatch.GetElapsedTime(started);
            if (left < TimeSpan.FromMilliseconds(1))
            {
                throw new TimeoutException("The query did not end in time.");
            }

            // No delay between the polls: the server answers no earlier than the timeout unless the job is done.
            var request = QueryResults(job.Reference, options, left);
            var response = await request.ExecuteAsync(cancellationToken);
            if (response.JobComplete == true)
            {
                return new BigQueryResults(
                    this,
                    response,
                    query.DestinationTable,
                    RestPages<GetQueryResultsResponse, BigQueryRow>.Of(
                        () => NextPage(job.Reference, options, response.PageToken),
                        page => page.PageToken,
                        page => BigQueryResults.Rows(page, response.Schema, options?.UseInt64Timestamp ?? true)),
                    options?.UseInt64Timestamp ?? true);
            }
        }
    }

    private static JobConfigurationQuery QueryOf(string sql, List<BigQueryParameter> parameters, QueryOptions options)
    {
        var named = options?.ParameterMode != BigQueryParameterMode.Positional;
        if (named && parameters?.Exists(parameter => string.IsNullOrEmpty(parameter.Name)) == true)
        {
            throw new ArgumentException("With named parameters each has a name.", nameof(parameters));
        }

        return new JobConfigurationQuery
        {
            Query = sql,
            UseLegacySql = options?.UseLegacySql ?? false,
            UseQueryCache = options?.UseQueryCache,
            DefaultDataset = options?.DefaultDataset,
            DestinationTable = options?.DestinationTable,
            MaximumBytesBilled = options?.MaximumBytesBilled,
            ParameterMode = parameters is null ? null : named ? "named" : "positional",
            QueryParameters = parameters?.ConvertAll(parameter => parameter.ToQueryParameter()),
        };
    }

    private BigqueryRequest<GetQueryResultsResponse> NextPage(JobReference job, GetQueryResultsOptions options, string pageToken)
    {
        var request = QueryResults(job, options, DefaultQueryTimeout);
        (request.StartIndex, request.PageToken) = (null, pageToken);
        return request;
    }

    private BigqueryRequest<GetQueryResultsResponse> QueryResults(JobReference job, GetQueryResultsOptions options, TimeSpan left) =>
        Retriable(new BigqueryRequest<GetQueryResultsResponse>(service, HttpConsts.Get, BigqueryPaths.QueryResults)
        {
            ProjectId = job.ProjectId,
            JobId = job.JobId,
            Location = job.Location,
            MaxResults = options?.PageSize,
            PageToken = options?.PageToken,
            StartIndex = options?.StartIndex,
            TimeoutMs = (long)(left < LongestPoll ? left : LongestPoll).TotalMilliseconds,
            UseInt64Timestamp = options?.UseInt64Timestamp ?? true,
            PrettyPrint = prettyPrint,
        });
}
