using PixelPipeline.Dashboard.Hosting;
using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>One reading of all panels, with what several of them get of one answer.</summary>
internal sealed class Reading
{
    private readonly Lazy<Task<Answer>> _lists;
    private readonly Lazy<Task<Answer>> _visits;

    /// <summary>Nothing is asked before a panel wants it.</summary>
    public Reading(IAnswers answers, Asking asking, HostDesk? desk, CancellationToken cancellationToken)
    {
        (Answers, Asking, Desk) = (answers, asking, desk);
        _lists = new(() => answers.AskAsync(ListPanel.AskAll(asking, Panel.All.OfType<ListPanel>().Where(p => p.IsFor(asking))), cancellationToken));
        _visits = new(() => answers.AskAsync(VisitsQuestion.Ask(asking), cancellationToken));
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
}
