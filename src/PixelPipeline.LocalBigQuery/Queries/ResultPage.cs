using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Jobs;
using PixelPipeline.LocalBigQuery.Values;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>Writes a page of a job's rows, as <c>jobs.query</c> and <c>jobs.getQueryResults</c> answer it.</summary>
/// <param name="Kind"><c>bigquery#queryResponse</c> or <c>bigquery#getQueryResultsResponse</c>.</param>
/// <param name="First">The number of its first row.</param>
/// <param name="Limit">How many rows it has at most.</param>
/// <param name="Timestamps">How TIMESTAMP values are written.</param>
internal sealed record ResultPage(string Kind, long First, int Limit, TimestampFormat Timestamps)
{
    /// <summary>The most rows of a page.</summary>
    public const int MaximumRows = 10_000;

    private const int MaximumBytes = 10 * 1024 * 1024;

    /// <summary>Where the page begins, by <c>pageToken</c> or <c>startIndex</c>.</summary>
    /// <exception cref="ApiException">400: it is no token of this job's.</exception>
    public static long Start(HttpContext context, QueryJob job)
    {
        if (Paging.Position(context) is not { } position)
        {
            return Paging.Number(context, "startIndex") ?? 0;
        }

        return position.Split('/') is [var id, var row] && id == job.Id && long.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            ? first
            : throw Paging.InvalidToken();
    }

    /// <summary>Answers with the page; without rows while the job is under way.</summary>
    /// <exception cref="ApiException">The job failed.</exception>
    public Task WriteAsync(HttpContext context, QueryJob job)
    {
        if (job.Failure is { } failure)
        {
            throw new ApiException(failure.Status, failure.Reason, failure.Message, failure.Location);
        }

        var rows = job.IsDone ? job.Result?.Page(First, Limit, MaximumBytes) : null;
        return context.WriteJsonAsync(StatusCodes.Status200OK, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Kind);
            writer.WritePropertyName("jobReference");
            JobResource.Reference(job).WriteTo(writer);
            writer.WriteBoolean("jobComplete", job.IsDone);
            if (job.IsDone)
            {
                WriteDone(writer, job, rows);
            }

            writer.WriteEndObject();
        });
    }

    private void WriteDone(Utf8JsonWriter writer, QueryJob job, List<string>? rows)
    {
        if (job.Statement?.Columns is { } columns)
        {
            writer.WritePropertyName("schema");
            QuerySchema.Of(columns).WriteTo(writer);
        }

        if (job.Statement?.Changes is { } changes)
        {
            writer.WriteString("numDmlAffectedRows", ResourceJson.Int64(changes.All));
        }

        writer.WriteString("totalBytesProcessed", "0");
        writer.WriteBoolean("cacheHit", false);
        var total = job.Result?.Count ?? 0;
        writer.WriteString("totalRows", ResourceJson.Int64(total));
        if (rows is null)
        {
            return; // a dry run, or a statement without rows
        }

        if (First + rows.Count < total)
        {
            writer.WriteString("pageToken", Paging.Token(FormattableString.Invariant($"{job.Id}/{First + rows.Count}")));
        }

        new ResultWriter(job.Result!.Columns, Timestamps).WriteRows(writer, rows);
    }
}
