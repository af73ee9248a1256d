using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>One reading of all panels, with what several of them get of one answer.</summary>
internal sealed class Reading
{
    private static readonly SummedQuestion AllLists = new ListsQuestion();
    private static readonly SummedQuestion AllVisits = new VisitsQuestion();
    private static readonly SummedQuestion AllEvents = new SeriesQuestion();

    private readonly Lazy<Task<Answer>> _lists;
    private readonly Lazy<Task<Answer>> _visits;
    private readonly Lazy<Task<Answer>> _series;

    /// <summary>Nothing is asked before a panel wants it.</summary>
    public Reading(IAnswers answers, Asking asking, ClosedDays closed, HostDesk? desk, CancellationToken cancellationToken)
    {
        (Answers, Asking, Desk) = (answers, asking, desk);
        _lists = new(() => closed.AskAsync(answers, AllLists, asking, cancellationToken));
        _visits = new(() => closed.AskAsync(answers, AllVisits, asking, cancellationToken));
        _series = new(() => closed.AskAsync(answers, AllEvents, asking, cancellationToken));
    }

    /// <summary>BigQuery.</summary>
    public IAnswers Answers { get; }

    /// <summary>What is asked for.</summary>
    public Asking Asking { get; }

    /// <summary>What the host knows and did; null where there is none.</summary>
    public HostDesk? Desk { get; }

    /// <summary>The rows of all lists, of one scan.</summary>
    public Task<Answer> Lists => _lists.Value;

    /// <summary>What all visitors did on each day, of one scan: rows as <see cref="VisitsQuestion"/> says.</summary>
    public Task<Answer> Visits => _visits.Value;

    /// <summary>The events over time: rows as <see cref="SeriesQuestion"/> says.</summary>
    public Task<Answer> Series => _series.Value;
}
