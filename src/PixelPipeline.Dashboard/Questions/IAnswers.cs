using Google;

namespace PixelPipeline.Dashboard.Questions;

/// <summary>The one seam of the dashboard: BigQuery, as it sees it.</summary>
internal interface IAnswers
{
    /// <summary>Finds out how events are kept.</summary>
    /// <returns>Null where dataset or base table are not there: the pipeline is another one, or has never run.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    Task<EventTables?> FindTablesAsync(CancellationToken cancellationToken);

    /// <summary>Asks a question.</summary>
    /// <returns>All rows; <see cref="Answer.Nothing"/> where no table matches.</returns>
    /// <exception cref="GoogleApiException">BigQuery refuses.</exception>
    /// <exception cref="HttpRequestException">It does not answer.</exception>
    /// <exception cref="TimeoutException">It did not answer in time.</exception>
    Task<Answer> AskAsync(Question question, CancellationToken cancellationToken);
}
