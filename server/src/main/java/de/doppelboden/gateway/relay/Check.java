package de.doppelboden.gateway.relay;

import de.doppelboden.gateway.http.Call;
import java.io.IOException;

/** Whether an answer is what a user would call good; reads as much of it ahead as it must. */
public interface Check {

    boolean good(Call.Responded answer) throws IOException;
}
