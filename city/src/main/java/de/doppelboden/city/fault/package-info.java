/**
 * Purpose: makes the storage under a primary of the model city limp, hang, fail, lie, die and come back cold.
 * Terms: fault, capacity, slot.
 * May use: the JDK.
 * Invariant: a fault changes what users get, never what is stored; the health check stays green until the storage is dead.
 * Limits: waiting requests and relayed connections are bounded; what is beyond is refused.
 */
@NullMarked
package de.doppelboden.city.fault;

import org.jspecify.annotations.NullMarked;
